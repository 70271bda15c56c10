package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rule 13: a cluster whose traffic had been taken away, and that somebody else gave share again,
 * has users again. What it is kept for is counted anew from when it was first seen without that
 * share, also when its deletion had begun.
 */
final class Strays {

  /** Why a cluster that has such share does not go. */
  static final String LASTS =
      "somebody gave it share again; how long it is kept is counted from when that is gone";

  private Strays() {}

  static void note(Draft d) {
    for (ClusterRecord cluster : d.record.clusters().values()) {
      if (!away(cluster.life())) {
        continue;
      }
      if (!cluster.strays() && shared(d, cluster)) {
        d.record = d.record.with(cluster.strayed(d.now));
      } else if (cluster.strays() && shareless(d, cluster)) {
        d.record = d.record.with(cluster.cleared(d.now));
      }
    }
  }

  private static boolean away(ClusterLife life) {
    return switch (life) {
      case ClusterLife.Drained _, ClusterLife.Abandoned _, ClusterLife.Retiring _ -> true;
      case ClusterLife.Building _, ClusterLife.Serving _, ClusterLife.Kept _, ClusterLife.Gone _ ->
          false;
    };
  }

  private static boolean shared(Draft d, ClusterRecord cluster) {
    return d.desired.routes().stream()
        .anyMatch(route -> d.sides(route).knownAnd(sides -> sides.share(cluster.name()) > 0));
  }

  /** What cannot be seen may still have share. */
  private static boolean shareless(Draft d, ClusterRecord cluster) {
    return d.desired.routes().stream()
        .allMatch(route -> d.sides(route).knownAnd(sides -> sides.share(cluster.name()) == 0));
  }

  /**
   * From when on it counts how long a cluster is kept.
   *
   * @param since when its traffic was taken away
   * @return empty while it has share that somebody else gave it
   */
  static Optional<Instant> keptSince(ClusterRecord cluster, Instant since) {
    if (cluster.strays()) {
      return Optional.empty();
    }
    return cluster.cleared().filter(at -> at.isAfter(since)).or(() -> Optional.of(since));
  }

  /**
   * Whether a deletion that had begun may go on.
   *
   * @param keptFor how long a cluster is kept after its traffic was taken away
   */
  static Check check(Draft d, ClusterRecord cluster, Duration keptFor) {
    Instant since = cluster.life().since();
    Optional<Instant> counted = keptSince(cluster, since);
    Optional<Instant> until = counted.map(from -> from.plus(keptFor));
    boolean over =
        counted.filter(since::equals).isPresent()
            || until.filter(end -> !d.now.isBefore(end)).isPresent()
            || d.desired.stance().decommissioned();
    Verdict verdict =
        over
            ? Verdict.pass("nobody gave it share again")
            : Verdict.fail(
                until
                    .map(end -> "somebody gave it share again; its deletion goes on at " + end)
                    .orElse(LASTS));
    return new Check("no-stray", cluster.name(), verdict);
  }
}
