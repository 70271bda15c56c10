package dev.hikkoshi.demo.watch;

import dev.hikkoshi.demo.watch.StepSeen.Kind;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statuses folded into phases and steps. A share holds from when the controller calls it effective
 * until the next other share is written; of the first cluster, which has no other side, there are
 * no steps. Safe for several threads.
 */
public final class MoveBook {

  private final List<PhaseSeen> phases = new ArrayList<>();
  private final Map<Key, StepSeen> steps = new LinkedHashMap<>();

  private record Key(String move, Kind kind, String route, int number) {}

  /** Takes the next status. */
  public synchronized void add(Seen seen) {
    seen.record()
        .move()
        .ifPresent(
            move -> {
              phase(move);
              move.routes().forEach((route, state) -> route(move, route, state));
              seen.record().journal().stream()
                  .filter(entry -> entry.move().equals(move.id()))
                  .forEach(this::judgedBefore);
            });
  }

  /** A step that is judged may be followed by the next one before any status shows it. */
  private void judgedBefore(JournalEntry entry) {
    entry
        .judged()
        .ifPresent(
            verdict ->
                steps.replaceAll(
                    (key, step) ->
                        key.move().equals(entry.move())
                                && key.kind() == Kind.MOVE
                                && key.route().equals(verdict.route())
                                && step.percent() == verdict.percent()
                            ? step.judged(entry.at())
                            : step));
  }

  /** All phases of all moves, in order. */
  public synchronized List<PhaseSeen> phases() {
    return List.copyOf(phases);
  }

  /** All steps of all routes, in the order in which they were first seen. */
  public synchronized List<StepSeen> steps() {
    return List.copyOf(steps.values());
  }

  private void phase(MoveRecord move) {
    String word = move.phase().word();
    Instant since = move.phase().since();
    if (!phases.isEmpty()) {
      PhaseSeen last = phases.getLast();
      if (last.move().equals(move.id()) && last.name().equals(word)) {
        return;
      }
      if (last.move().equals(move.id())) {
        phases.set(
            phases.size() - 1,
            new PhaseSeen(last.move(), last.name(), last.since(), Optional.of(since)));
      }
    }
    phases.add(new PhaseSeen(move.id(), word, since, Optional.empty()));
    if (move.phase() instanceof MovePhase.Returning) {
      steps.replaceAll(
          (key, step) ->
              key.move().equals(move.id()) && key.kind() == Kind.MOVE && step.judgedAt().isEmpty()
                  ? step.cut(since)
                  : step);
    }
  }

  private void route(MoveRecord move, String route, RouteMove state) {
    if (state.alone() || move.from().isEmpty()) {
      return;
    }
    Kind kind =
        move.phase() instanceof MovePhase.Returning || move.phase() instanceof MovePhase.Returned
            ? Kind.RETURN
            : Kind.MOVE;
    int number = state.progress().step();
    if (number < 1) {
      return;
    }
    Key key = new Key(move.id(), kind, route, number);
    Optional<Instant> begins = beginning(state.progress());
    begins.ifPresent(at -> effectiveBefore(key, at));
    if (number > course(move, kind).size()) {
      return; // the other side is taken out: no other share
    }
    StepSeen step = steps.computeIfAbsent(key, _ -> begin(move, key));
    steps.put(key, progressed(step, state.progress()));
    begins.ifPresent(at -> endOthers(key, step.percent(), step.gaining(), at));
  }

  /**
   * A step that nobody watches is never recorded as effective: it was when the next one began, for
   * that is what the next one waits for.
   */
  private void effectiveBefore(Key next, Instant at) {
    steps.computeIfPresent(
        new Key(next.move(), next.kind(), next.route(), next.number() - 1),
        (_, before) -> before.effectiveAt().isPresent() ? before : before.effective(at));
  }

  private static List<Step> course(MoveRecord move, Kind kind) {
    return kind == Kind.RETURN ? Step.HOMEWARDS : move.steps();
  }

  private static StepSeen begin(MoveRecord move, Key key) {
    boolean home = key.kind() == Kind.RETURN;
    return new StepSeen(
        key.move(),
        key.kind(),
        key.route(),
        key.number(),
        home ? move.from().orElseThrow() : move.to(),
        course(move, key.kind()).get(key.number() - 1).percent(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static StepSeen progressed(StepSeen step, RouteProgress progress) {
    return switch (progress) {
      case RouteProgress.Waiting _, RouteProgress.Writing _, RouteProgress.Attached _ -> step;
      case RouteProgress.Settling s -> {
        StepSeen written = step.written(s.writtenAt());
        yield s.insyncAt().map(at -> written.insync(s.writtenAt(), at)).orElse(written);
      }
      case RouteProgress.Watching w -> step.effective(w.effectiveAt());
      case RouteProgress.Judged j -> step.effective(j.effectiveAt()).judged(j.at());
    };
  }

  /** When this progress may first have changed what users get. */
  private static Optional<Instant> beginning(RouteProgress progress) {
    return switch (progress) {
      case RouteProgress.Writing w -> Optional.of(w.since());
      case RouteProgress.Settling s -> Optional.of(s.writtenAt());
      case RouteProgress.Waiting _,
          RouteProgress.Attached _,
          RouteProgress.Watching _,
          RouteProgress.Judged _ ->
          Optional.empty();
    };
  }

  /** Earlier steps of the route that meant another share are over. */
  private void endOthers(Key key, int percent, String gaining, Instant at) {
    steps.replaceAll(
        (other, step) ->
            other.route().equals(key.route())
                    && !other.equals(key)
                    && !(step.gaining().equals(gaining) && step.percent() == percent)
                ? step.ends(at)
                : step);
  }
}
