package dev.hikkoshi.environments.history;

import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.Fact.Ending;
import dev.hikkoshi.environments.record.Fact.Weights;
import dev.hikkoshi.environments.record.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Rules 1 to 5 and 10, for one write of weights. */
final class TrafficRules {

  private static final int WHOLE = 100;
  private static final double ROUNDED = 1e-9;

  /** Two readings of a clock that AWS's answers keep right differ by less. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  /** Who is told of a breach. */
  interface Found {
    void broken(JournalEntry entry, int rule, String sentence);
  }

  private final MoveBook move;
  private final RouteBook book;
  private final JournalEntry entry;
  private final Found found;

  TrafficRules(MoveBook move, RouteBook book, JournalEntry entry, Found found) {
    this.move = move;
    this.book = book;
    this.entry = entry;
    this.found = found;
  }

  void hold(Weights w, Ending ending) {
    if (w.after().values().stream().mapToInt(Integer::intValue).sum() == 0) {
      broken(1, "nobody has weight");
    }
    // Where the compare before the write refused it, the rule was held by that.
    if (ending != Ending.CHANGED && !book.expects(w.before(), entry.at())) {
      broken(4, "%s is replaced, but %s was known".formatted(w.before(), book.now().orElseThrow()));
    }
    if (!move.known()) {
      return;
    }
    if (move.both(w.after()) != WHOLE && !onlyAttached(w)) {
      broken(3, "the two sides do not have all: " + w.after());
    }
    // Made again after an old answer, or to learn when it is effective: nobody gets more by it.
    boolean repeated = book.now().filter(w.after()::equals).isPresent();
    if (repeated || !move.gains(w)) {
      return;
    }
    if (move.back()) {
      broken(10, "a return gives more to what it leaves: " + w.after());
    } else {
      forward(w);
    }
  }

  private void forward(Weights w) {
    if (!move.sharesMayMove()) {
      broken(2, "share in phase " + move.phase().orElse(""));
    }
    double before = move.percent(w.before());
    boolean both = move.from().filter(from -> weight(w.before(), from) > 0).isPresent();
    if (!both) {
      return;
    }
    double after = move.percent(w.after());
    double next = move.endsAtOnce() ? WHOLE : move.nextStep(before);
    if (Math.abs(after - next) > ROUNDED) {
      broken(1, "from %.1f %% to %.1f %% is not one step".formatted(before, after));
    }
    if (before > 0 && !move.endsAtOnce()) {
      stepped(before);
    }
  }

  /** The step that ends with this write lasted, and was judged. */
  private void stepped(double percent) {
    if (book.isExcused()) {
      return;
    }
    Optional<Step> step = move.step(percent);
    Duration dwell = step.map(Step::dwellMin).orElse(Duration.ZERO);
    Instant earliest =
        book.since().equals(Instant.MIN) ? Instant.MIN : book.since().plus(dwell).minus(CLOCK);
    if (entry.at().isBefore(earliest)) {
      broken(5, "the step at %.1f %% lasts %s".formatted(percent, dwell));
    }
    if (step.isPresent() && book.judgedPercent() != step.get().percent()) {
      broken(5, "the step at %.1f %% was not judged".formatted(percent));
    }
  }

  /** A side is put on the route without weight, and everybody keeps theirs. */
  private static boolean onlyAttached(Weights w) {
    return w.before().entrySet().stream()
            .allMatch(side -> weight(w.after(), side.getKey()) == side.getValue())
        && w.after().entrySet().stream()
            .allMatch(side -> weight(w.before(), side.getKey()) == side.getValue());
  }

  private static int weight(Map<String, Integer> weights, String side) {
    return weights.getOrDefault(side, 0);
  }

  private void broken(int rule, String sentence) {
    found.broken(entry, rule, sentence);
  }
}
