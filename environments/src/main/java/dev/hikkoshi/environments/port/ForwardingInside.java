package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RoomSeen;
import java.util.Map;
import java.util.Set;

/** Passes everything on, so that a gateway which differs in one thing says only that. */
public class ForwardingInside implements InsideGateway {

  protected final InsideGateway real;

  public ForwardingInside(InsideGateway real) {
    this.real = real;
  }

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return real.see(cluster, wanted);
  }

  @Override
  public Outcome sync(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    return real.sync(cluster, wanted, release);
  }

  @Override
  public Outcome heal(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    return real.heal(cluster, wanted, release);
  }

  @Override
  public Outcome uninstall(ClusterSeen cluster, ReleaseId release) {
    return real.uninstall(cluster, release);
  }

  @Override
  public Outcome bind(ClusterSeen cluster, String route, Backend.Service service, String groupArn) {
    return real.bind(cluster, route, service, groupArn);
  }

  @Override
  public Outcome unbind(ClusterSeen cluster, String route) {
    return real.unbind(cluster, route);
  }

  @Override
  public Outcome removeBalancerObjects(ClusterSeen cluster) {
    return real.removeBalancerObjects(cluster);
  }

  @Override
  public Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Wanted wanted) {
    return real.manifests(cluster, wanted);
  }

  @Override
  public Observation<RoomSeen> room(ClusterSeen cluster, Set<String> nodegroups) {
    return real.room(cluster, nodegroups);
  }

  @Override
  public Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster) {
    return real.readyReplicas(cluster);
  }
}
