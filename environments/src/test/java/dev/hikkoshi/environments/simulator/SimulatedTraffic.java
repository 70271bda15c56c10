package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.EksGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The traffic half of the world, without faults and rules, for the contract tests that it shares
 * with the adapters: two clusters that serve, one DNS name, one listener rule.
 */
public final class SimulatedTraffic {

  private final World world;
  private final Faults faults;

  /** The same seed gives the same delays and samples. */
  public SimulatedTraffic(long seed, List<String> clusters) {
    world = new World(new SplittableRandom(seed));
    faults = new Faults(world, Options.draw(seed).healed(), _ -> {}, () -> {});
    Instant before = world.time.instant().minusSeconds(1);
    for (String name : clusters) {
      Cluster cluster =
          new Cluster(world.time, name, new Identity("arn:" + name, before), "1.36", before);
      cluster.tags.put(EksGateway.ENVIRONMENT_TAG, Wishes.ENVIRONMENT);
      cluster.balancerAt = Optional.of(before);
      cluster.nodes.put("nodes", new Nodegroup(before));
      cluster.releases.put(Wishes.APP, new Release(1, "h", before, Optional.empty()));
      world.clusters.put(name, cluster);
    }
  }

  public DnsGateway dns() {
    return new SimDns(world, faults, Watch.nobody());
  }

  public BalancerGateway balancers() {
    return new SimBalancers(world, faults, Watch.nobody());
  }

  /** Where an alias to the load balancer of a cluster points. */
  public AliasSeen balancer(String cluster) {
    return new AliasSeen("ZELB", world.cluster(cluster).balancer, true);
  }

  /** The load balancer controller of a cluster registers its pods with a group. */
  public void bind(String cluster, String groupArn) {
    Cluster there = world.cluster(cluster);
    there.binding = Optional.of(groupArn);
    there.bound = true;
  }

  public InstantSource clock() {
    return world.time;
  }

  public void pass(Duration time) {
    world.pass(time);
  }
}
