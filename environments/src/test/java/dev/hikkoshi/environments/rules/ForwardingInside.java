package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.Map;

/** Passes everything on; a test overrides the one thing that is not true. */
class ForwardingInside implements InsideGateway {

  private final InsideGateway real;

  ForwardingInside(InsideGateway real) {
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
  public Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster) {
    return real.readyReplicas(cluster);
  }
}
