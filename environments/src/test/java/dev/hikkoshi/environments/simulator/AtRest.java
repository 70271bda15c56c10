package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where everything must come to once nobody disturbs it any more. */
final class AtRest {

  private final World world;
  private final Options options;

  AtRest(World world, Options options) {
    this.world = world;
    this.options = options;
  }

  /** The last wish is true: its cluster serves everything, and nothing is held. */
  boolean under(EnvironmentRecord record, Wishes wish) {
    Optional<MoveRecord> move = record.move();
    if (move.isEmpty() || !record.holds().isEmpty()) {
      return false;
    }
    String serving = move.get().serving();
    boolean right =
        record.cluster(serving).filter(c -> c.version().equals(wish.version())).isPresent();
    boolean rest =
        switch (move.get().phase()) {
          case MovePhase.Gone _, MovePhase.Returned _ -> true;
          case MovePhase.Retiring _ -> !options.approves();
          case MovePhase.Building _,
              MovePhase.Syncing _,
              MovePhase.Attached _,
              MovePhase.Warm _,
              MovePhase.Stepping _,
              MovePhase.Soak _,
              MovePhase.Drain _,
              MovePhase.Returning _ ->
              false;
        };
    return right
        && rest
        && shaped(serving, wish)
        && worksOnce(serving, wish)
        && (!options.dns() || world.dns.sides().receiving().equals(Set.of(serving)))
        && (!options.alb() || world.alb.sides().receiving().equals(Set.of(serving)))
        && (!options.approves() || world.clusters.size() == 1);
  }

  /** What must run only once runs where everything is served, if it is the environment's. */
  private boolean worksOnce(String cluster, Wishes wish) {
    Cluster c = world.clusters.get(cluster);
    boolean ours = wish.managed() != Wishes.Managed.ROUTES && !wish.outside().isEmpty();
    return c != null && (!ours || c.mayCloseDay());
  }

  /** What the cluster file says is there, and what it says no longer is gone. */
  private boolean shaped(String cluster, Wishes wish) {
    Cluster c = world.clusters.get(cluster);
    DesiredCluster wanted = wish.desired().cluster();
    return c != null
        && c.nodes.keySet().equals(names(wanted.nodegroups(), NodegroupSpec::name))
        && wanted.nodegroups().stream().allMatch(spec -> bounded(c, spec))
        && c.addons.keySet().equals(names(wanted.addons(), AddonSpec::name))
        && c.entries.equals(
            wanted.accessEntries().stream()
                .collect(
                    Collectors.toMap(
                        AccessEntrySpec::principalArn, e -> new TreeSet<>(e.policyArns()))))
        && c.roles()
            .equals(
                wanted.podIdentities().stream()
                    .collect(Collectors.toMap(PodIdentitySpec::account, PodIdentitySpec::roleArn)));
  }

  private static boolean bounded(Cluster c, NodegroupSpec spec) {
    Nodegroup nodes = c.nodes.get(spec.name());
    return nodes != null && nodes.min() == spec.min() && nodes.max() == spec.max();
  }

  private static <T> Set<String> names(List<T> all, Function<T, String> name) {
    return all.stream().map(name).collect(Collectors.toSet());
  }
}
