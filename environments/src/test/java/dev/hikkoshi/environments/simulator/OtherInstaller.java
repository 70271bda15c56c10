package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody else who installs in clusters what the environment does not manage, and mends it. */
final class OtherInstaller {

  /** So long after something of theirs was taken away somebody else puts it back. */
  private static final Duration HEALS = Duration.ofMinutes(1);

  /** What runs in a cluster, whoever installs it. */
  private static final List<ReleaseId> ALL = List.of(Wishes.CONTROLLER, Wishes.APP);

  private final Timeline time;

  OtherInstaller(Timeline time) {
    this.time = time;
  }

  /** What is not wanted is there some time after there are nodes, and is kept as they want it. */
  void turn(Cluster c, Wanted wanted) {
    List<ReleaseId> theirs = theirs(wanted);
    if (theirs.isEmpty() || !c.hasNodes()) {
      return;
    }
    if (c.othersAt.isEmpty()) {
      c.othersAt = Optional.of(time.in(20, 60));
    } else if (time.past(c.othersAt.get())) {
      healed(c, theirs);
      theirs.stream()
          .filter(id -> !c.releases.containsKey(id))
          .forEach(
              id ->
                  c.install(id, new Release(1, Release.THEIRS, time.in(2, 20), Optional.empty())));
    }
  }

  private static List<ReleaseId> theirs(Wanted wanted) {
    List<ReleaseId> theirs = new ArrayList<>(ALL);
    wanted.releases().forEach(own -> theirs.remove(own.id()));
    return theirs;
  }

  /** They put back what a retirement took away that was broken off. */
  private void healed(Cluster c, List<ReleaseId> theirs) {
    for (ReleaseId id : theirs) {
      Release release = c.releases.get(id);
      if (release == null || release.ours()) {
        continue;
      }
      if (release.driftSince().filter(since -> time.past(since.plus(HEALS))).isPresent()) {
        c.install(id, release.inStep());
      }
    }
  }
}
