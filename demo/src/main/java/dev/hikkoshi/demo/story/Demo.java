package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.ControllerProcess;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.stage.Tempo;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Teller.Tone;
import dev.hikkoshi.demo.watch.Journals;
import dev.hikkoshi.demo.watch.StatusWatch;
import dev.hikkoshi.environments.history.Audit;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.ToolException;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Tools, stage, users, story, reckoning: the demo from its first line to its last. */
public final class Demo {

  /** The environment of the sample. */
  public static final String ENVIRONMENT = "shop";

  private static final long FIRST_ANSWERS = 200;

  private final Options options;
  private final Teller teller;
  private final InstantSource clock;

  /**
   * How it is run.
   *
   * @param once ends after the story
   * @param report where to write what was measured
   * @param state folder for everything; a temporary one without it
   * @param keep leaves the folder
   * @param build how long building Hikkoshi took before
   */
  public record Options(
      boolean once, Optional<Path> report, Optional<Path> state, boolean keep, Duration build) {}

  public Demo(Options options, Teller teller, InstantSource clock) {
    this.options = options;
    this.teller = teller;
    this.clock = clock;
  }

  /**
   * Runs it.
   *
   * @return whether all of it happened
   * @throws DemoException when it cannot go on
   */
  public boolean run() {
    Duration tools = findTools();
    teller.line(
        Tone.QUIET,
        "physics: fast. INSYNC takes 0.5 s and aliases have a TTL of 2 s; at AWS up to 60 s and 60 s");
    Folders folders = Folders.of(options.state());
    var wish =
        new Stage.Wish(
            folders,
            options.keep() || options.state().isPresent(),
            Tempo.FAST,
            Stage.LEASE,
            ControllerProcess::start,
            text -> teller.say("stage", text));
    Tale tale = new Tale(teller, Tempo.FAST.patience());
    try (Stage stage = open(wish, clock);
        StatusWatch _ =
            StatusWatch.start(
                stage.region().managementKubeconfig(), ENVIRONMENT, clock, tale::hear)) {
      boolean ok = stage.keptWhenItFails(() -> tell(stage, tale, tools));
      if (!ok) {
        stage.keep();
      }
      if (!options.once()) {
        stayUp(stage);
      }
      return ok;
    } finally {
      teller.close();
    }
  }

  /** A stage that is also cleared away when this process is asked to end. */
  public static Stage open(Stage.Wish wish, InstantSource clock) {
    Stage stage = Stage.open(wish, clock);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stage::close));
    return stage;
  }

  /** Merges the sample and waits until its first cluster serves. */
  public static void serve(Stage stage, Teller teller, Tale tale, Overlay overlay) {
    new Story(stage, teller, tale).serve(overlay);
  }

  /** Users of a stage where something serves; returns when they are answered. */
  public static Traffic users(Stage stage, Tale tale, InstantSource clock) {
    return users(stage, tale, clock, Traffic.Crowd.usual());
  }

  /** The same for another crowd. */
  public static Traffic users(Stage stage, Tale tale, InstantSource clock, Traffic.Crowd crowd) {
    Traffic traffic = Traffic.start(stage.region(), stage.belongings(), clock, crowd);
    try {
      tale.record().ifPresent(traffic::learn);
      tale.users(traffic);
      Waiting.until("users to be answered", tale.patience(), () -> answered(traffic));
      return traffic;
    } catch (RuntimeException e) {
      traffic.close();
      throw e;
    }
  }

  private Duration findTools() {
    Instant began = clock.instant();
    try {
      Toolbox toolbox =
          Toolbox.standard(clock, ProgressListener.lines(line -> teller.line(Tone.QUIET, line)));
      toolbox.findAll(Tool.standardSet());
    } catch (ToolException e) {
      throw new DemoException(String.valueOf(e.getMessage()), e);
    }
    return Duration.between(began, clock.instant());
  }

  private boolean tell(Stage stage, Tale tale, Duration tools) {
    Story story = new Story(stage, teller, tale);
    story.serve(Overlay.shortTimes());
    Traffic traffic = users(stage, tale, clock);
    Story.Told told;
    try (traffic) {
      teller.showBelow(() -> below(traffic, tale));
      teller.say("users", "come to both routes, " + Traffic.words(Traffic.Crowd.usual()));
      told = story.move(traffic);
    } finally {
      teller.showBelow(List::of);
    }
    var facts =
        new Reckoning.Facts(
            tools, options.build(), Stage.POLL, traffic.ttl(), Tempo.FAST.physics());
    Reckoning reckoning = new Reckoning(facts, tale.book(), traffic);
    Audit audit = Journals.audit(stage.region().managementKubeconfig(), ENVIRONMENT);
    reckoning.held(audit);
    Report report = reckoning.report(told);
    options.report().ifPresent(report::write);
    conclude(report, audit, reckoning.problems());
    return report.ok();
  }

  private static boolean answered(Traffic traffic) {
    return traffic.books().values().stream().allMatch(b -> b.answers() >= FIRST_ANSWERS);
  }

  private static List<String> below(Traffic traffic, Tale tale) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(tale.banner());
    traffic
        .books()
        .forEach(
            (route, b) ->
                lines.add("  %-4s %,9d requests · %s".formatted(route, b.sent(), health(b))));
    return lines;
  }

  private static String health(Books b) {
    return "%d failed · median %.1f ms · p99 %.1f ms"
        .formatted(b.failures(), b.median().toNanos() / 1e6, b.p99().toNanos() / 1e6);
  }

  private void conclude(Report report, Audit audit, List<String> problems) {
    teller.line(Tone.TITLE, "\nWhat the users noticed");
    report
        .routes()
        .forEach(
            (route, r) ->
                teller.line(
                    r.failed() == 0 ? Tone.GOOD : Tone.BAD,
                    "  %-4s %,d requests, %d failed".formatted(route, r.requests(), r.failed())));
    teller.line(
        Tone.NORMAL,
        "  home %.1f s after the push of the revert; last request on the new side after that: %s"
            .formatted(
                report.revert().pushToLastWriteSeconds(),
                report.revert().lastRequestOnNewSideSeconds()));
    teller.line(Tone.NORMAL, "  by its journal: " + audit.summary());
    for (String problem : problems) {
      teller.line(Tone.BAD, "  must not be: " + problem);
    }
    teller.line(
        report.ok() ? Tone.GOOD : Tone.BAD,
        report.ok() ? "All of it happened as it must." : "Not all of it happened as it must.");
  }

  private void stayUp(Stage stage) {
    teller.line(Tone.NORMAL, LookAround.text(stage));
    CountDownLatch forever = new CountDownLatch(1);
    try {
      forever.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
