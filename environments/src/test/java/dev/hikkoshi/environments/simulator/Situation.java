package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.RouteStatus;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person has to be told about, without numbers, names and ages: how far the move and its
 * routes are, what holds, what waits, what fails, what lives.
 *
 * @param phase of the move; empty text without one
 * @param away the move has an old side
 * @param routes each route's progress, its steps and the sides that are seen on it
 * @param failing checks that do not pass
 * @param done kinds of action that are decided
 */
record Situation(
    Optional<Mode> mode,
    boolean stale,
    String phase,
    boolean away,
    List<String> routes,
    Set<Hold.Reason> holds,
    Set<Wait.Kind> waits,
    Set<String> failing,
    Set<String> done,
    List<String> lives,
    String handover) {

  static Situation of(Wish wish, Plan plan) {
    EnvironmentRecord record = plan.record();
    Set<Hold.Reason> holds = new HashSet<>();
    record.holds().forEach(hold -> holds.add(hold.reason()));
    Set<Wait.Kind> waits = new HashSet<>();
    plan.waits().forEach(wait -> waits.add(wait.kind()));
    Set<String> failing = new HashSet<>();
    plan.checks().stream()
        .filter(c -> !c.passed())
        .forEach(c -> failing.add(word(c.name(), c.verdict())));
    Set<String> done = new HashSet<>();
    plan.actions().forEach(action -> done.add(action.getClass().getSimpleName()));
    return new Situation(
        wish.desired().map(Desired::mode),
        wish.stale().isPresent(),
        record.move().map(m -> m.phase().word()).orElse(""),
        record.move().flatMap(MoveRecord::from).isPresent(),
        plan.routes().stream().map(Situation::word).toList(),
        holds,
        waits,
        failing,
        done,
        record.clusters().values().stream().map(c -> c.life().getClass().getSimpleName()).toList(),
        record.handover().map(h -> h.getClass().getSimpleName()).orElse(""));
  }

  private static String word(RouteStatus route) {
    int sides = route.sides().map(s -> s.of().size()).orElse(-1);
    return word(route.name() + " " + route.step() + " " + sides, route.progress());
  }

  private static String word(String name, Object kind) {
    return name + " " + kind.getClass().getSimpleName();
  }
}
