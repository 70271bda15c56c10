package dev.hikkoshi.demo.kill;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.altered.Boundaries;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Demo;
import dev.hikkoshi.demo.story.Tale;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.demo.watch.Journals;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Moves in which the controller is killed, one after the other on one stage: from 1.36 to 1.37 and
 * back, each to a new cluster, with the old one retired.
 */
final class KillRuns {

  private static final Duration LIMIT = Duration.ofMinutes(25);
  private static final List<String> MINORS = List.of("1.36", "1.37");

  private final Stage stage;
  private final KillableController controller;
  private final Tale tale;
  private final Traffic traffic;
  private final Consumer<String> say;
  private final List<String> problems = new ArrayList<>();
  private int moves;

  KillRuns(
      Stage stage,
      KillableController controller,
      Tale tale,
      Traffic traffic,
      Consumer<String> say) {
    this.stage = stage;
    this.controller = controller;
    this.tale = tale;
    this.traffic = traffic;
    this.say = say;
  }

  /** What was wrong so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** One move; the controller is killed at every boundary in turn. */
  int atEveryBoundary() {
    Path directory = stage.folders().root().resolve("boundaries");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new DemoException("cannot make " + directory, e);
    }
    Boundaries boundaries = Boundaries.in(directory);
    List<String> stopping = List.of("stop-at-boundaries", directory.toString());
    controller.kill();
    controller.start(stopping);
    String move = begin();
    Waiting.until(
        "the move with a kill at every boundary",
        LIMIT,
        () -> {
          Optional<String> reached = boundaries.reached();
          if (reached.isPresent()) {
            controller.kill();
            boundaries.pass(reached.get());
            say.accept("%3d  %s".formatted(boundaries.passed().size(), reached.get()));
            controller.start(stopping);
          }
          return over(move);
        });
    controller.kill();
    controller.start(List.of());
    requireNothingLost("the move with a kill at every boundary");
    return boundaries.passed().size();
  }

  /** One move; the controller is killed once, at some moment of it. */
  void atSomeMoment(int number, Random random) {
    Duration after = Duration.ofMillis(random.nextLong(Duration.ofSeconds(60).toMillis()));
    String move = begin();
    pause(after);
    String phase = phase();
    controller.kill();
    controller.start(List.of());
    tale.awaitThat("run " + number, () -> over(move));
    say.accept(
        "run %2d  killed after %.1f s, in %s".formatted(number, after.toMillis() / 1e3, phase));
    requireNothingLost("run " + number);
  }

  /** What the region's log says about all moves so far. */
  void audit() {
    CallAudit audit = new CallAudit(stage.region()::calls);
    problems.addAll(audit.violations());
    Journals.audit(stage.region().managementKubeconfig(), Demo.ENVIRONMENT)
        .breaches()
        .forEach(b -> problems.add("the journal breaks " + b));
    int expected = moves + 1; // the first cluster was built without a move
    if (audit.created().size() != expected) {
      problems.add("%d moves, but these clusters: %s".formatted(moves, audit.created()));
    }
  }

  private String begin() {
    String before = current().map(MoveRecord::id).orElse("");
    String old = current().map(MoveRecord::to).orElseThrow();
    stage.repository().upgrade(MINORS.get(moves % 2), MINORS.get((moves + 1) % 2));
    stage.repository().approve(List.of(old));
    moves++;
    return before;
  }

  /** Whether a later move than that one came to its end. */
  private boolean over(String before) {
    return current()
        .filter(m -> !m.id().equals(before) && m.phase() instanceof MovePhase.Gone)
        .isPresent();
  }

  private Optional<MoveRecord> current() {
    return tale.record().flatMap(EnvironmentRecord::move);
  }

  private String phase() {
    return current().map(m -> m.phase().word()).orElse("no move");
  }

  private void requireNothingLost(String what) {
    traffic
        .books()
        .forEach(
            (route, books) -> {
              if (books.failures() > 0) {
                problems.add(what + ": " + route + " lost " + lost(books));
              }
            });
  }

  private static String lost(Books books) {
    return books.failures() + " requests: " + books.details();
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
