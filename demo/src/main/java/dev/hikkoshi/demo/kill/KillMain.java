package dev.hikkoshi.demo.kill;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.stage.Tempo;
import dev.hikkoshi.demo.story.Demo;
import dev.hikkoshi.demo.story.HeldException;
import dev.hikkoshi.demo.story.Tale;
import dev.hikkoshi.demo.story.Teller;
import dev.hikkoshi.demo.story.Teller.Tone;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.demo.watch.StatusWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the kill runs; {@code evidence/kill} starts it. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description =
        "A move in which the controller is killed at every boundary of every effect, and moves in"
            + " which it is killed once. Exit 0 only if nothing was lost, doubled or too early.")
public final class KillMain implements Callable<Integer> {

  private static final Duration LEASE = Duration.ofSeconds(3);

  @Option(
      names = "--runs",
      defaultValue = "10",
      description = "Moves with one kill at some moment (default: ${DEFAULT-VALUE}).")
  private int runs = 10;

  @Option(names = "--no-boundaries", description = "Leave out the kills at every boundary.")
  private boolean noBoundaries;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the moments (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--state", paramLabel = "DIR", description = "Where everything goes; stays.")
  private @Nullable Path state;

  /** Runs it and ends the process with its code. */
  public static void main(String[] args) {
    Runtime.getRuntime().exit(new CommandLine(new KillMain()).execute(args));
  }

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    Teller teller = Teller.standard(clock);
    try (teller) {
      return run(teller, clock) ? 0 : 1;
    } catch (DemoException | HeldException e) {
      teller.line(Tone.BAD, "kill: " + e.getMessage());
      return 1;
    }
  }

  private boolean run(Teller teller, InstantSource clock) {
    AtomicReference<@Nullable KillableController> controller = new AtomicReference<>();
    var wish =
        new Stage.Wish(
            Folders.of(Optional.ofNullable(state)),
            state != null,
            Tempo.FAST,
            LEASE,
            (folders, processes, region, settings) -> {
              KillableController made =
                  new KillableController(folders, processes, region, settings);
              controller.set(made);
              return made;
            },
            text -> teller.say("stage", text));
    Tale tale = new Tale(teller, Tempo.FAST.patience());
    try (Stage stage = Demo.open(wish, clock);
        StatusWatch _ =
            StatusWatch.start(
                stage.region().managementKubeconfig(), Demo.ENVIRONMENT, clock, tale::hear)) {
      Demo.serve(stage, teller, tale, Overlay.shortTimes());
      KillableController killable = controller.get();
      if (killable == null) {
        throw new IllegalStateException("a stage without its controller");
      }
      return stage.keptWhenItFails(() -> play(stage, killable, tale, teller, clock));
    }
  }

  private boolean play(
      Stage stage, KillableController killable, Tale tale, Teller teller, InstantSource clock) {
    try (Traffic traffic = Demo.users(stage, tale, clock)) {
      KillRuns all = new KillRuns(stage, killable, tale, traffic, text -> teller.say("kill", text));
      return tell(all, traffic, teller);
    }
  }

  private boolean tell(KillRuns all, Traffic traffic, Teller teller) {
    int boundaries = 0;
    if (!noBoundaries) {
      teller.say(Tone.TITLE, "kill", "a move, killed at every boundary of every effect");
      boundaries = all.atEveryBoundary();
      teller.say("kill", boundaries + " boundaries, and the move came to its end");
    }
    teller.say(Tone.TITLE, "kill", runs + " moves, killed once each; seed " + seed);
    Random random = new Random(seed);
    for (int i = 1; i <= runs; i++) {
      all.atSomeMoment(i, random);
    }
    all.audit();
    List<String> problems = all.problems();
    problems.forEach(problem -> teller.line(Tone.BAD, "  must not be: " + problem));
    teller.line(
        problems.isEmpty() ? Tone.GOOD : Tone.BAD,
        problems.isEmpty()
            ? "Nothing was lost, nothing doubled, nothing too early."
            : problems.size() + " things that must not be.");
    long sent = traffic.books().values().stream().mapToLong(Books::sent).sum();
    long failed = traffic.books().values().stream().mapToLong(Books::failures).sum();
    teller.line(
        problems.isEmpty() ? Tone.GOOD : Tone.BAD,
        "kill: %d boundaries and %d moves with one kill, %,d requests, %,d failed"
            .formatted(boundaries, runs, sent, failed));
    return problems.isEmpty();
  }
}
