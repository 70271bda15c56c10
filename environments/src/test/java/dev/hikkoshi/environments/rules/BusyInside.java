package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RoomSeen;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Clusters in which, from a moment on, every release has a revision in work. */
record BusyInside(InsideGateway real, Supplier<Work> work) implements InsideGateway {

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return real.see(cluster, wanted).map(this::busy);
  }

  private InsideSeen busy(InsideSeen seen) {
    Work now = work.get();
    if (now instanceof Work.Free) {
      return seen;
    }
    Map<ReleaseId, ReleaseSeen> releases = new HashMap<>();
    seen.releases().forEach((id, release) -> releases.put(id, busy(release, now)));
    return new InsideSeen(seen.kubernetesVersion(), releases, seen.backends(), seen.working());
  }

  private static ReleaseSeen busy(ReleaseSeen seen, Work now) {
    return new ReleaseSeen(
        seen.id(),
        seen.rendered(),
        seen.deployed()
            .map(
                r ->
                    new RevisionSeen(
                        r.revision(), "pending-upgrade", r.hash(), r.ours(), r.writtenAt())),
        seen.health(),
        seen.drifted(),
        seen.driftSince(),
        now);
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

  @Override
  public Observation<RoomSeen> room(ClusterSeen cluster, Set<String> nodegroups) {
    return real.room(cluster, nodegroups);
  }
}
