package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a person has to be told about, without numbers, names and ages: how far the move is, what
 * holds, what waits, what fails.
 *
 * @param phase of the move; empty text without one
 * @param away the move has an old side
 * @param failing checks that do not pass
 */
record Situation(
    Optional<Mode> mode,
    boolean stale,
    String phase,
    boolean away,
    Set<Hold.Reason> holds,
    Set<Wait.Kind> waits,
    Set<String> failing,
    String handover) {

  static Situation of(Wish wish, Plan plan) {
    EnvironmentRecord record = plan.record();
    Set<Hold.Reason> holds = new HashSet<>();
    record.holds().forEach(hold -> holds.add(hold.reason()));
    Set<Wait.Kind> waits = new HashSet<>();
    plan.waits().forEach(wait -> waits.add(wait.kind()));
    Set<String> failing = new HashSet<>();
    plan.checks().stream().filter(c -> !c.passed()).forEach(c -> failing.add(c.name()));
    return new Situation(
        wish.desired().map(Desired::mode),
        wish.stale().isPresent(),
        record.move().map(m -> m.phase().word()).orElse(""),
        record.move().flatMap(MoveRecord::from).isPresent(),
        holds,
        waits,
        failing,
        record.handover().map(h -> h.getClass().getSimpleName()).orElse(""));
  }
}
