package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster that was there before becomes the environment's first. It is taken as it is: while its
 * cluster file asks for anything that is not there, nothing is adopted. Our tags are the only thing
 * that is written, and nothing else is before they are seen.
 */
final class Adoption {

  private Adoption() {}

  /** Answers whether the pass may go on. */
  static boolean plan(Draft d) {
    if (d.desired.adopt().isEmpty()) {
      return true;
    }
    Adopt adopt = d.desired.adopt().get();
    Optional<ClusterRecord> known = d.record.cluster(adopt.cluster());
    if (known.isEmpty()) {
      return begin(d, adopt);
    }
    if (!known.get().life().exists()) {
      String sentence = "%s is gone: the line adopt may go too".formatted(adopt.cluster());
      d.require(new Check("adopt", adopt.place(), Verdict.pass(sentence)));
      return true;
    }
    return tagged(d, known.get());
  }

  private static boolean begin(Draft d, Adopt adopt) {
    Optional<ClusterSeen> seen = d.cluster(adopt.cluster());
    if (!d.record.blank()) {
      String sentence =
          "%s has clusters already; only its first one is adopted"
              .formatted(d.record.environment());
      d.require(new Check("adoptable", adopt.cluster(), Verdict.fail(sentence)));
      return true;
    }
    if (seen.isEmpty()) {
      d.require(new Check("adoptable", adopt.cluster(), missing(d, adopt)));
      return false;
    }
    if (d.stale.isPresent()) {
      d.await(Wait.Kind.BLOCKED, adopt.cluster(), d.stale.get());
      return false;
    }
    if (d.frozen.isPresent()) {
      return false;
    }
    Check as = new Check("adoptable", adopt.cluster(), Adoptable.verdict(d, adopt, seen.get()));
    if (!d.require(as)) {
      return false;
    }
    take(d, adopt, seen.get());
    return tagged(d, d.record.cluster(adopt.cluster()).orElseThrow());
  }

  private static Verdict missing(Draft d, Adopt adopt) {
    String in = d.desired.account() + ", " + d.desired.region();
    return d.observed.clusters() instanceof Unknown<List<ClusterSeen>>(_, String why)
        ? Verdict.unknown("it could not be looked at: " + why)
        : Verdict.fail(
            "%s: EKS has no cluster %s in %s".formatted(adopt.place(), adopt.cluster(), in));
  }

  /** It serves, and the move that would have brought it about is over. */
  private static void take(Draft d, Adopt adopt, ClusterSeen seen) {
    DesiredCluster as = d.desired.cluster();
    int number = d.record.nextNumber();
    ClusterRecord cluster =
        new ClusterRecord(
            seen.name(),
            number,
            as.version(),
            as.immutable(),
            as.mutable(),
            d.desired.commit(),
            Optional.of(seen.identity()),
            seen.name(),
            new ClusterLife.Serving(d.now),
            new TreeMap<>(),
            Optional.of(d.now),
            new TreeMap<>(),
            Optional.empty(),
            Optional.of(d.now));
    String id = d.desired.environment() + "-adopted-" + Long.toString(d.now.getEpochSecond(), 36);
    MoveRecord over =
        new MoveRecord(
            id,
            Optional.empty(),
            seen.name(),
            d.desired.commit(),
            d.now,
            new MovePhase.Gone(d.now),
            d.desired.move().steps(),
            new TreeMap<>(),
            new TreeMap<>(),
            false);
    d.record = d.record.numbered(number).with(cluster).with(over);
    d.log("adopted %s as it is (%s)".formatted(seen.identity().arn(), adopt.place()));
  }

  /**
   * Who looks at it has to see whose it is before anything in it or on its routes changes. Where
   * nothing is done anyway, what would follow is told too.
   */
  private static boolean tagged(Draft d, ClusterRecord cluster) {
    Optional<ClusterSeen> seen = d.cluster(cluster.name());
    Map<String, String> ours =
        Map.of(
            EksGateway.ENVIRONMENT_TAG,
            d.desired.environment(),
            EksGateway.NUMBER_TAG,
            Integer.toString(cluster.number()));
    if (seen.isEmpty() || carries(d, seen.get())) {
      return true;
    }
    String why =
        "put our tags on %s, which %s adopts".formatted(cluster.name(), d.desired.environment());
    d.act(new Action.TagCluster(seen.get(), ours, why));
    return d.desired.mode() != Mode.ACT || begun(d);
  }

  /** Tags that were lost on the way keep no traffic from going home. */
  private static boolean begun(Draft d) {
    return d.move()
        .filter(m -> !(m.phase() instanceof MovePhase.Gone) || m.from().isPresent())
        .isPresent();
  }

  /** The tag says this environment, or the name that it had before. */
  private static boolean carries(Draft d, ClusterSeen seen) {
    String owner = seen.tags().get(EksGateway.ENVIRONMENT_TAG);
    return owner != null
        && (owner.equals(d.desired.environment())
            || d.desired.stance().renamedFrom().filter(owner::equals).isPresent());
  }
}
