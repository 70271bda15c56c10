package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.InsideGateway;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Clusters in which, from a moment on, every release has a revision in work. */
final class BusyInside extends ForwardingInside {

  private final Supplier<Work> work;

  BusyInside(InsideGateway real, Supplier<Work> work) {
    super(real);
    this.work = work;
  }

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
    return new InsideSeen(
        seen.kubernetesVersion(), releases, seen.backends(), seen.working(), seen.ends());
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
        now,
        seen.restarts());
  }
}
