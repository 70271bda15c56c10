package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.ClusterLife.Retiring;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.time.Instant;
import java.util.Comparator;

/**
 * Rule 13: an environment's last cluster goes only with {@code decommissioned}. A cluster counts as
 * another one only while EKS answers that it is there: one that is merely wanted may be refused,
 * throttled or kept waiting by a freeze.
 */
final class LastCluster {

  /** Of clusters that go at the same time the one that began last goes last. */
  private static final Comparator<ClusterRecord> TURN =
      Comparator.comparing(
              (ClusterRecord c) -> c.life().since(), Comparator.<Instant>naturalOrder())
          .thenComparing(ClusterRecord::name);

  private LastCluster() {}

  static Check check(Draft d, ClusterRecord cluster) {
    return new Check("not-the-last", cluster.name(), verdict(d, cluster));
  }

  private static Verdict verdict(Draft d, ClusterRecord cluster) {
    if (d.desired.stance().decommissioned()) {
      return Verdict.pass("the environment is decommissioned");
    }
    if (d.absent(cluster.name())) {
      // Else its record would stay for good, and with three of them nothing could be built.
      return Verdict.pass("EKS has it no more: nothing is left to be deleted");
    }
    return d.record.clusters().values().stream()
        .filter(other -> !other.name().equals(cluster.name()))
        .filter(other -> there(d, other) && staysLonger(other, cluster))
        .findFirst()
        .map(other -> Verdict.pass(other.name() + " stays"))
        .orElseGet(
            () ->
                Verdict.fail(
                    "it is the environment's last cluster: it goes once another one is there,"
                        + " or with decommissioned: true"));
  }

  private static boolean there(Draft d, ClusterRecord other) {
    return d.cluster(other.name()).filter(seen -> seen.status() != Status.DELETING).isPresent();
  }

  private static boolean staysLonger(ClusterRecord other, ClusterRecord cluster) {
    return switch (other.life()) {
      case Retiring _ -> cluster.life() instanceof Retiring && TURN.compare(other, cluster) > 0;
      case ClusterLife.Gone _ -> false;
      case ClusterLife.Building _,
          ClusterLife.Serving _,
          ClusterLife.Kept _,
          ClusterLife.Drained _,
          ClusterLife.Abandoned _ ->
          true;
    };
  }
}
