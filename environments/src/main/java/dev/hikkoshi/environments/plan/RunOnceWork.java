package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RunOnce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rule 11: serving-only work runs on one side, and starts on another only when it is proven stopped
 * where it was. It goes apart from traffic: nothing here keeps a weight from being written.
 *
 * <p>What is decided here counts from the next pass on, because this pass was looked at under the
 * wish of the last one.
 */
final class RunOnceWork {

  /** A sync that was asked for before the stop was wished for may still take effect. */
  private static final Duration LATE = Intent.LATE;

  /** Controllers act on what they saw a moment ago: a schedule may have started a job just now. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /** After this long without proof a person is asked. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private RunOnceWork() {}

  static void plan(Draft d) {
    if (d.desired.servingOnly(false).empty()) {
      d.record = d.record.runOnce(Optional.empty());
      liftHolds(d);
      return;
    }
    Optional<String> side = RunOnceSide.of(d.desired, d.record);
    switch (d.record.runOnce().orElse(null)) {
      case null -> side.ifPresent(cluster -> first(d, cluster));
      case RunOnce.At at ->
          side.filter(s -> !s.equals(at.cluster())).ifPresent(s -> leave(d, at, s));
      case RunOnce.Passing passing -> pass(d, passing, side);
    }
  }

  /** What served until now is let run as it did; every other side will be stopped. */
  private static void first(Draft d, String cluster) {
    d.record = d.record.runOnce(Optional.of(new RunOnce.At(cluster, d.now)));
    d.log("run-once work runs in " + cluster);
  }

  private static void leave(Draft d, RunOnce.At at, String to) {
    if (d.stale.isPresent() && !d.move().filter(MoveRecord::returning).isPresent()) {
      return;
    }
    d.record = d.record.runOnce(Optional.of(at.to(to, d.now)));
    d.log("run-once work stops in %s, to go to %s".formatted(at.cluster(), to));
  }

  private static void pass(Draft d, RunOnce.Passing passing, Optional<String> side) {
    String to = side.orElse(passing.to());
    if (to.equals(passing.from())) {
      arrive(d, passing.back(d.now), "it is wanted where it came from");
      return;
    }
    Check check = stopped(d, passing.from());
    boolean seen = d.require(check);
    RunOnce.Passing next = to.equals(passing.to()) ? passing : passing.towards(to);
    next = seen ? next.seenStopped(d.now) : next.notStopped();
    Optional<Instant> proven = proven(next);
    if (next.override().isPresent()) {
      arrive(d, next.arrived(d.now), "not proven, but " + next.override().get());
    } else if (proven.filter(at -> !d.now.isBefore(at)).isPresent()) {
      arrive(d, next.arrived(d.now), check.verdict().evidence());
    } else {
      d.record = d.record.runOnce(Optional.of(next));
      wait(d, next, check, proven);
    }
  }

  /** From when on what was seen is proof. */
  private static Optional<Instant> proven(RunOnce.Passing passing) {
    Instant arrived = passing.since().plus(LATE);
    return passing
        .stopped()
        .map(at -> at.plus(QUIET))
        .map(at -> at.isBefore(arrived) ? arrived : at);
  }

  private static void wait(
      Draft d, RunOnce.Passing passing, Check check, Optional<Instant> proven) {
    String what = "run-once work goes from %s to %s".formatted(passing.from(), passing.to());
    if (proven.isPresent()) {
      d.await(Wait.until(Wait.Kind.TIME, passing.to(), what + "; it has stopped", proven.get()));
    } else if (!d.now.isBefore(passing.since().plus(PATIENCE))) {
      String text =
          "%s and runs in neither: %s; resume --run-once-anyway starts it without proof"
              .formatted(what, check.verdict().evidence());
      d.record =
          d.record.with(
              new Hold(
                  Hold.Scope.RELEASES, Hold.Reason.RUN_ONCE_UNPROVEN, passing.from(), text, d.now));
    }
  }

  private static void arrive(Draft d, RunOnce.At at, String why) {
    d.record = d.record.runOnce(Optional.of(at));
    liftHolds(d);
    d.log("run-once work runs in %s: %s".formatted(at.cluster(), why));
  }

  private static void liftHolds(Draft d) {
    for (Hold hold : d.record.holds()) {
      if (hold.reason() == Hold.Reason.RUN_ONCE_UNPROVEN) {
        d.record = d.record.withoutHold(hold);
      }
    }
  }

  /** Suspended and its pods gone, or nothing left that could run it. */
  private static Check stopped(Draft d, String cluster) {
    return new Check("run-once-stopped", cluster, verdict(d, cluster));
  }

  private static Verdict verdict(Draft d, String cluster) {
    Optional<ClusterRecord> known = d.record.cluster(cluster);
    if (d.absent(cluster) || known.filter(c -> c.life().exists()).isEmpty()) {
      return Verdict.pass(cluster + " is gone");
    }
    boolean retiring = known.filter(c -> c.life() instanceof ClusterLife.Retiring).isPresent();
    boolean bare =
        d.cluster(cluster)
            .map(ClusterSeen::nodegroups)
            .filter(groups -> groups.knownAnd(List::isEmpty))
            .isPresent();
    if (retiring && bare) {
      return Verdict.pass("the nodes of " + cluster + " are gone");
    }
    Observation<List<String>> working = d.inside(cluster).flatMap(InsideSeen::working);
    return switch (working) {
      case Unknown<List<String>>(_, String why) ->
          Verdict.unknown("whether it stopped in %s could not be seen: %s".formatted(cluster, why));
      case Known<List<String>>(List<String> sentences) ->
          sentences.isEmpty()
              ? Verdict.pass("it has stopped in " + cluster)
              : Verdict.fail("in %s: %s".formatted(cluster, few(sentences)));
    };
  }

  private static String few(List<String> sentences) {
    int more = sentences.size() - 3;
    return String.join("; ", sentences.stream().limit(3).toList())
        + (more > 0 ? "; and %d more".formatted(more) : "");
  }

  /**
   * Clusters whose releases are not synced and whose run-once work has to stop all the same: one
   * that is no side of the move any more, and one that gets nodes again.
   */
  static Set<String> stopping(Draft d) {
    Set<String> names = new TreeSet<>();
    if (d.record.runOnce().orElse(null) instanceof RunOnce.Passing passing) {
      names.add(passing.from());
    }
    d.record.clusters().values().stream()
        .filter(c -> bare(d, c))
        .map(ClusterRecord::name)
        .forEach(names::add);
    names.removeIf(name -> !reachable(d, name));
    return names;
  }

  private static boolean reachable(Draft d, String name) {
    return d.record
        .cluster(name)
        .map(ClusterRecord::life)
        .filter(life -> life.alive() && !(life instanceof ClusterLife.Retiring))
        .isPresent();
  }

  /**
   * Whether a cluster may get nodes. Where its own were being taken away its work may have stopped
   * for want of them alone, and would go on beside that of the side which has it now.
   */
  static boolean mayHaveNodes(Draft d, ClusterRecord cluster) {
    return !bare(d, cluster) || d.require(stopped(d, cluster.name()));
  }

  private static boolean bare(Draft d, ClusterRecord cluster) {
    return cluster.life() instanceof ClusterLife.Building life
        && life.afterRetiring()
        && !d.desired.servingOnly(false).empty()
        && !RunOnceSide.mayRun(d.desired, d.record, cluster.name());
  }
}
