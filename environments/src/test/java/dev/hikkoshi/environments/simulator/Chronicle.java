package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What happened in a simulation: counted for its campaign, and in words where it is traced. */
final class Chronicle {

  final Sometimes sometimes = new Sometimes();
  final List<String> trace = new ArrayList<>();

  /** Somebody did something since the last pass. */
  boolean touched;

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final boolean traced;
  private int moves;

  Chronicle(World world, Supplier<EnvironmentRecord> record, boolean traced) {
    this.world = world;
    this.record = record;
    this.traced = traced;
  }

  /** Moves that were begun. */
  int moves() {
    return moves;
  }

  /** The phase of the move. */
  String phase() {
    return record.get().move().map(m -> m.phase().word()).orElse("none");
  }

  /** Something that is counted by phase. */
  void happened(String event) {
    String phase = phase().equals("returned") ? "gone" : phase();
    sometimes.happened(event + " in " + phase);
  }

  /** Somebody or something interferes: what was said before need not happen any more. */
  void event(String text) {
    touched = true;
    say(text);
  }

  /** Something that is counted by phase, in words of its own. */
  void turned(String what, String text) {
    happened(what);
    event(text);
  }

  /** A line of the trace. */
  void say(String text) {
    if (traced) {
      trace.add(world.time.instant() + " " + phase() + " " + text);
    }
  }

  /** A pass is over. */
  void noted(EnvironmentRecord before, Pass.Report report) {
    Optional<String> was = before.move().map(MoveRecord::id);
    Optional<MoveRecord> is = record.get().move();
    if (is.isPresent() && !is.map(MoveRecord::id).equals(was)) {
      moves++;
      if (before.clusters().containsKey(is.get().to())) {
        sometimes.happened("kept cluster reused");
      }
    }
    for (Hold hold : record.get().holds()) {
      if (!before.holds().contains(hold)) {
        sometimes.happened("hold " + hold.reason());
      }
    }
    is.filter(m -> !before.move().map(MoveRecord::phase).equals(Optional.of(m.phase())))
        .ifPresent(
            m -> {
              switch (m.phase()) {
                case MovePhase.Returned _ -> sometimes.happened("return done");
                case MovePhase.Retiring _ -> sometimes.happened("move done");
                case MovePhase.Gone _ -> sometimes.happened("retired");
                case MovePhase.Building _,
                    MovePhase.Syncing _,
                    MovePhase.Attached _,
                    MovePhase.Warm _,
                    MovePhase.Stepping _,
                    MovePhase.Soak _,
                    MovePhase.Drain _,
                    MovePhase.Returning _ -> {}
              }
            });
    if (report.plan().waits().stream().anyMatch(w -> w.kind() == Wait.Kind.THIRD_CLUSTER)) {
      sometimes.happened("third wish waits");
    }
    if (traced) {
      tell(before, report);
    }
  }

  private void tell(EnvironmentRecord before, Pass.Report report) {
    report
        .done()
        .forEach(
            d -> say("  " + d.action().why() + " → " + d.outcome().getClass().getSimpleName()));
    List<JournalEntry> journal = record.get().journal();
    for (JournalEntry entry : journal) {
      if (!before.journal().contains(entry) && entry.requestId().isEmpty()) {
        say("  " + entry.text());
      }
    }
    if (!report.busy(before)) {
      report.plan().waits().forEach(w -> say("    waits: " + w.subject() + ": " + w.sentence()));
    }
  }
}
