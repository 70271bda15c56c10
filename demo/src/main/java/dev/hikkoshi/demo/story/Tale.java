package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.watch.MoveBook;
import dev.hikkoshi.demo.watch.PhaseSeen;
import dev.hikkoshi.demo.watch.Seen;
import dev.hikkoshi.demo.watch.Seen.FailingCheck;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the status while it changes: tells each phase and each step once, and waits for what the
 * story waits for. A hold ends the waiting, because nobody is here who would lift it.
 */
public final class Tale {

  /** A commit that is refused for so long stays refused. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Teller teller;
  private final Duration patience;
  private final MoveBook book = new MoveBook();
  private final Set<String> told = new HashSet<>();
  private @Nullable Seen last;
  private @Nullable Traffic traffic;
  private @Nullable Instant refusedSince;

  /**
   * One that has heard nothing yet.
   *
   * @param patience how long anything is waited for
   */
  public Tale(Teller teller, Duration patience) {
    this.teller = teller;
    this.patience = patience;
  }

  /** From now on users come. */
  synchronized void users(Traffic users) {
    traffic = users;
  }

  /** Takes the next status. */
  public synchronized void hear(Seen seen) {
    last = seen;
    book.add(seen);
    if (traffic != null) {
      traffic.learn(seen.record());
    }
    for (PhaseSeen phase : book.phases()) {
      once("phase " + phase, () -> teller.say("phase", words(phase)), phase.endedAt().isEmpty());
    }
    for (StepSeen step : book.steps()) {
      tell(step);
    }
  }

  private static String words(PhaseSeen phase) {
    return "%-9s %s".formatted(phase.name(), phase.move());
  }

  private void tell(StepSeen step) {
    String name = step.move() + step.kind() + step.route() + step.number();
    String share = "%-4s %3d %% for %s".formatted(step.route(), step.percent(), step.gaining());
    once("w" + name, () -> teller.say("write", share), step.writtenAt().isPresent());
    once("j" + name, () -> teller.say("measured", share + measured(step)), done(step));
    once("c" + name, () -> teller.say("cut", share), step.cut());
  }

  private static boolean done(StepSeen step) {
    return step.kind() == StepSeen.Kind.MOVE
        && !step.cut()
        && (step.judgedAt().isPresent() || step.ended());
  }

  private String measured(StepSeen step) {
    if (traffic == null) {
      return "";
    }
    ShareJudgement judged = traffic.judge(step);
    return " · measured %.1f %% of %,d %s"
        .formatted(100 * judged.measured(), judged.samples(), Traffic.samplesKind(step.route()));
  }

  private void once(String key, Runnable say, boolean now) {
    if (now && told.add(key)) {
      say.run();
    }
  }

  /** What was seen of every phase and every step. */
  public MoveBook book() {
    return book;
  }

  /** The newest record. */
  public synchronized Optional<EnvironmentRecord> record() {
    return Optional.ofNullable(last).map(Seen::record);
  }

  Duration patience() {
    return patience;
  }

  /** What the controller shows to people now. */
  synchronized List<String> banner() {
    return last == null ? List.of() : last.banner();
  }

  /** The checks that fail now. */
  synchronized List<FailingCheck> failing() {
    return last == null ? List.of() : last.failing();
  }

  /**
   * Waits for something in the record.
   *
   * @throws HeldException when the controller holds
   * @throws DemoException when it takes too long; the message has what the controller says
   */
  void await(String what, Predicate<EnvironmentRecord> so) {
    awaitThat(what, () -> record().filter(so).isPresent());
  }

  /** The same for anything else. */
  public void awaitThat(String what, BooleanSupplier so) {
    try {
      Waiting.until(
          what,
          patience,
          () -> {
            if (so.getAsBoolean()) {
              return true;
            }
            requireFree();
            return false;
          });
    } catch (DemoException e) {
      List<String> lines = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
      lines.addAll(banner());
      throw new DemoException(String.join("\n  ", lines), e);
    }
  }

  private synchronized void requireFree() {
    if (last == null) {
      return;
    }
    if (!last.record().holds().isEmpty()) {
      throw new HeldException(last.record().holds().getFirst());
    }
    if (last.problems().isEmpty()) {
      refusedSince = null;
    } else if (refusedSince == null) {
      refusedSince = last.at();
    } else if (refusedSince.plus(PATIENCE).isBefore(last.at())) {
      throw new DemoException("the commit is not followed: " + last.problems());
    }
  }
}
