package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RunOnce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nothing stands still or changes in silence: each route that does not go on says why, so does a
 * commit that asks for another cluster and gets none, and what becomes of a move, a cluster and
 * run-once work is in the journal.
 */
final class SilenceRules {

  /** A provider may be silent for a while before that counts. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final World world;
  private final Consumer<String> broken;

  SilenceRules(World world, Consumer<String> broken) {
    this.world = world;
    this.broken = broken;
  }

  /**
   * Looks at what a pass came to.
   *
   * @param stands it did and decided nothing, in a mode that acts, and nothing disturbed it
   */
  void after(Wish wish, EnvironmentRecord before, Pass.Report report, boolean stands) {
    told(before, report.record());
    next(report.plan());
    if (stands && report.record().handover().isEmpty() && wish.stale().isEmpty()) {
      wish.desired()
          .filter(desired -> !desired.stance().decommissioned())
          .ifPresent(desired -> stands(desired, report.plan()));
    }
  }

  /** The controller sleeps until the first moment that it named, and no longer. */
  private void next(Plan plan) {
    Instant first = Instant.MAX;
    for (Wait wait : plan.waits()) {
      Instant until = wait.until().orElse(Instant.MAX);
      first = until.isBefore(first) ? until : first;
    }
    Instant next = plan.next().orElse(Instant.MAX);
    if (!first.equals(next)) {
      broken.accept("who named a time looks then: %s, not %s".formatted(first, next));
    }
  }

  private void stands(Desired desired, Plan plan) {
    Optional<MoveRecord> move = plan.record().move();
    boolean holds = !plan.record().holds().isEmpty();
    if (holds || said(plan, desired.environment())) {
      return;
    }
    if (move.filter(m -> anotherIsWanted(desired, plan.record(), m) && !sideSaid(plan, m))
        .isPresent()) {
      broken.accept("a commit that asks for another cluster is told why it gets none");
    }
    move.filter(m -> !m.returning())
        .ifPresent(
            m -> {
              ends(plan, m);
              shown(desired, plan, m);
            });
    for (DesiredRoute route : desired.routes()) {
      if (move.filter(m -> unfinished(m, route.name())).isPresent()
          && !said(plan, route.name())
          && !said(plan, Action.TrafficWrite.key(route.name()))
          && !sideSaid(plan, move.orElseThrow())) {
        broken.accept(
            "a route that does not go on says why: %s, %s; waits %s"
                .formatted(route.name(), move.orElseThrow().route(route.name()), plan.waits()));
      }
    }
  }

  /** Rule 5: a step is judged in its time, or somebody is asked. */
  private void ends(Plan plan, MoveRecord move) {
    move.routes()
        .forEach(
            (name, route) -> {
              if (route.progress() instanceof RouteProgress.Watching(int step, Instant at)) {
                Instant since = route.judging().since().isAfter(at) ? route.judging().since() : at;
                Duration most = move.steps().get(step - 1).dwellMax().plus(PATIENCE);
                if (world.time.instant().isAfter(since.plus(most))) {
                  broken.accept(
                      "a step ends, or is held after dwell.max: %s, waits %s"
                          .formatted(name, plan.waits()));
                }
              }
            });
  }

  /** What is asked of a step is seen while it lasts. */
  private void shown(Desired desired, Plan plan, MoveRecord move) {
    Set<String> names = plan.checks().stream().map(Check::name).collect(Collectors.toSet());
    for (DeclaredCheck check : desired.move().declared()) {
      boolean asked =
          check.when() == DeclaredCheck.When.DURING
              && move.routes().values().stream()
                  .anyMatch(r -> r.progress() instanceof RouteProgress.Watching);
      boolean there =
          Stream.of("", " (warning)", " (skipped)")
              .anyMatch(how -> names.contains(check.name() + how));
      if (asked && !there) {
        broken.accept(
            "what is asked of a step is shown: %s, not in %s".formatted(check.name(), names));
      }
    }
  }

  /** A return goes on first. */
  private static boolean anotherIsWanted(
      Desired desired, EnvironmentRecord record, MoveRecord move) {
    return !move.returning()
        && Stream.of(move.serving(), move.to())
            .map(record::cluster)
            .flatMap(Optional::stream)
            .map(ClusterRecord::version)
            .noneMatch(desired.cluster().version()::equals);
  }

  private static boolean unfinished(MoveRecord move, String route) {
    boolean shares =
        move.phase() instanceof MovePhase.Stepping || move.phase() instanceof MovePhase.Returning;
    if (move.route(route).alone()) {
      return false;
    }
    return switch (move.route(route).progress()) {
      case RouteProgress.Settling _, RouteProgress.Writing _ -> true;
      case RouteProgress.Watching _, RouteProgress.Attached _, RouteProgress.Waiting _ -> shares;
      case RouteProgress.Judged j -> shares && !move.returning() && j.step() < move.steps().size();
    };
  }

  private static boolean said(Plan plan, String subject) {
    return plan.waits().stream().map(Wait::subject).anyMatch(subject::equals);
  }

  /** What a side of the move waits for, also for a call to be made again, may be the reason. */
  private static boolean sideSaid(Plan plan, MoveRecord move) {
    return plan.waits().stream()
        .map(Wait::subject)
        .anyMatch(s -> s.contains(move.to()) || move.from().filter(s::contains).isPresent());
  }

  private void told(EnvironmentRecord before, EnvironmentRecord after) {
    moves(before, after);
    for (ClusterRecord cluster : after.clusters().values()) {
      Optional<ClusterLife> was = before.cluster(cluster.name()).map(ClusterRecord::life);
      if (was.isPresent() && !was.get().getClass().equals(cluster.life().getClass())) {
        life(before, after, cluster);
      }
    }
    if (after.runOnce().orElse(null) instanceof RunOnce.At at
        && before.runOnce().filter(at::equals).isEmpty()) {
      line(before, after, e -> e.text().contains("run-once work"), "where run-once work runs");
    }
  }

  private void moves(EnvironmentRecord before, EnvironmentRecord after) {
    if (after.move().isEmpty()) {
      return;
    }
    MoveRecord move = after.move().get();
    boolean same = before.move().map(MoveRecord::id).filter(move.id()::equals).isPresent();
    String word = move.phase().word();
    if (!same) {
      line(
          before,
          after,
          e -> e.fact().orElse(null) instanceof Fact.Began || e.text().startsWith("adopted "),
          "that a move begins");
    } else if (!before.move().orElseThrow().phase().word().equals(word)) {
      Fact phase = new Fact.Phase(word);
      line(before, after, fact(phase::equals), "phase " + word);
    }
  }

  private void life(EnvironmentRecord before, EnvironmentRecord after, ClusterRecord cluster) {
    switch (cluster.life()) {
      case ClusterLife.Retiring _ ->
          line(
              before,
              after,
              fact(f -> f instanceof Fact.Retires r && r.cluster().equals(cluster.name())),
              "that " + cluster.name() + " is retired");
      case ClusterLife.Gone _ ->
          line(
              before,
              after,
              e -> e.text().equals(cluster.name() + " is gone"),
              "that " + cluster.name() + " is gone");
      case ClusterLife.Building _,
          ClusterLife.Serving _,
          ClusterLife.Kept _,
          ClusterLife.Drained _,
          ClusterLife.Abandoned _ -> {}
    }
  }

  private static Predicate<JournalEntry> fact(Predicate<Fact> is) {
    return entry -> entry.fact().filter(is).isPresent();
  }

  private void line(
      EnvironmentRecord before, EnvironmentRecord after, Predicate<JournalEntry> is, String what) {
    List<JournalEntry> old = before.journal();
    boolean there =
        after.journal().stream().filter(is).anyMatch(e -> old.stream().noneMatch(o -> o == e));
    if (!there) {
      broken.accept("the journal says " + what);
    }
  }
}
