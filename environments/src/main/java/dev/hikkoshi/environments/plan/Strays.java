package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * Rule 13: a cluster whose traffic had been taken away, and that somebody else gave share again,
 * has users again. What it is kept for is counted anew from when its share was seen last, also when
 * its deletion had begun.
 */
final class Strays {

  /** Noted no more often than this while the share lasts. */
  private static final Duration EVERY = Duration.ofSeconds(10);

  private Strays() {}

  static void note(Draft d) {
    for (ClusterRecord cluster : d.record.clusters().values()) {
      if (away(cluster.life()) && shared(d, cluster) && !noted(cluster, d.now)) {
        d.record = d.record.with(cluster.strayed(d.now));
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
        .flatMap(route -> d.sides(route).known().stream())
        .anyMatch(sides -> sides.share(cluster.name()) > 0);
  }

  private static boolean noted(ClusterRecord cluster, Instant now) {
    return cluster.strayed().filter(at -> now.isBefore(at.plus(EVERY))).isPresent();
  }

  /** From when on it counts how long a cluster is kept. */
  static Instant keptSince(ClusterRecord cluster, Instant since) {
    return cluster
        .strayed()
        .map(at -> at.plus(EVERY))
        .filter(at -> at.isAfter(since))
        .orElse(since);
  }

  /**
   * Whether a deletion that had begun may go on.
   *
   * @param keptFor how long a cluster is kept after its traffic was taken away
   */
  static Check check(Draft d, ClusterRecord cluster, Duration keptFor) {
    Instant since = cluster.life().since();
    Instant until = keptSince(cluster, since).plus(keptFor);
    boolean strayed = keptSince(cluster, since).isAfter(since) && d.now.isBefore(until);
    Verdict verdict =
        strayed && !d.desired.stance().decommissioned()
            ? Verdict.fail("somebody gave it share again; its deletion goes on at " + until)
            : Verdict.pass("nobody gave it share again");
    return new Check("no-stray", cluster.name(), verdict);
  }
}
