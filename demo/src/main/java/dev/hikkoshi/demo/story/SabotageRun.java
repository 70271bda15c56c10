package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.altered.AlteredProcess;
import dev.hikkoshi.demo.altered.Sabotage;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Stage;
import dev.hikkoshi.demo.stage.Tempo;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Teller.Tone;
import dev.hikkoshi.demo.watch.Seen.FailingCheck;
import dev.hikkoshi.demo.watch.StatusWatch;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The move with an engine that breaks one rule. Good is when that is caught: by the users' books,
 * or by another rule that refuses to go on.
 */
public final class SabotageRun {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** So slow that the new side is not ready when it is called so. */
  private static final String SLOW_TO_START =
      """
      {{- if eq .Values.kubernetesVersion "1.37" }}
      podAnnotations: {hikkoshi.dev/sandbox: '{"readyAfter": "3m"}'}
      {{- end }}
      """;

  /** So long that it is missed when nobody waits for it. */
  private static final String LONG_TTL = "base: fast\naliasTtl: 30s\n";

  private final Sabotage sabotage;
  private final Teller teller;
  private final InstantSource clock;

  public SabotageRun(Sabotage sabotage, Teller teller, InstantSource clock) {
    this.sabotage = sabotage;
    this.teller = teller;
    this.clock = clock;
  }

  /**
   * Runs it.
   *
   * @return whether it was caught
   */
  public boolean run(Optional<Path> state, boolean keep) {
    Folders folders = Folders.of(state);
    teller.line(Tone.TITLE, "Sabotage: " + sabotage.word() + " breaks " + sabotage.broken());
    var wish =
        new Stage.Wish(
            folders,
            keep || state.isPresent(),
            tempo(folders),
            Stage.LEASE,
            (f, processes, region, settings) ->
                AlteredProcess.start(
                    f, processes, region, settings, List.of("sabotage", sabotage.word())),
            text -> teller.say("stage", text));
    Tale tale = new Tale(teller, Tempo.FAST.patience());
    try (Stage stage = Demo.open(wish, clock);
        StatusWatch _ =
            StatusWatch.start(
                stage.region().managementKubeconfig(), Demo.ENVIRONMENT, clock, tale::hear)) {
      return stage.keptWhenItFails(() -> tell(stage, tale));
    } finally {
      teller.close();
    }
  }

  private Tempo tempo(Folders folders) {
    if (sabotage != Sabotage.IGNORE_TTL) {
      return Tempo.FAST;
    }
    try {
      Path file = Files.writeString(folders.root().resolve("physics.yaml"), LONG_TTL);
      return new Tempo(file.toString(), Tempo.FAST.metricPeriod(), Tempo.FAST.patience());
    } catch (IOException e) {
      throw new DemoException("cannot write the physics: " + e.getMessage(), e);
    }
  }

  private Overlay overlay() {
    Overlay overlay = Overlay.twoSteps();
    return sabotage == Sabotage.ATTACH_BEFORE_READY
        ? overlay.appending(
            Map.of(
                "values/web.yaml.gotmpl", SLOW_TO_START, "values/api.yaml.gotmpl", SLOW_TO_START))
        : overlay;
  }

  private boolean tell(Stage stage, Tale tale) {
    Story story = new Story(stage, teller, tale);
    story.serve(overlay());
    try (Traffic traffic = Demo.users(stage, tale, clock)) {
      teller.say("users", "come to both routes, " + Traffic.words(Traffic.Crowd.usual()));
      story.upgrade("\nThe move");
      AtomicReference<Optional<String>> caught = new AtomicReference<>(Optional.empty());
      Waiting.until(
          "the sabotage to be caught",
          LIMIT,
          () -> {
            caught.set(catcher(traffic, tale));
            return caught.get().isPresent() || tale.record().filter(SabotageRun::over).isPresent();
          });
      caught
          .get()
          .ifPresentOrElse(
              by -> teller.say(Tone.GOOD, "caught", "by " + by),
              () -> teller.say(Tone.BAD, "missed", "the move went to its end, nobody noticed"));
      return caught.get().isPresent();
    }
  }

  private static boolean over(EnvironmentRecord record) {
    return record.move().filter(m -> m.phase() instanceof MovePhase.Retiring).isPresent();
  }

  private static Optional<String> catcher(Traffic traffic, Tale tale) {
    return lost(traffic)
        .or(() -> tale.record().flatMap(SabotageRun::held))
        .or(() -> tale.record().flatMap(SabotageRun::neverWritten))
        .or(() -> tale.failing().stream().flatMap(c -> refused(c).stream()).findFirst())
        .or(() -> wrongShare(traffic, tale));
  }

  private static Optional<String> lost(Traffic traffic) {
    return traffic.books().entrySet().stream()
        .filter(e -> e.getValue().failures() > 0)
        .map(e -> "the users' ledger: " + e.getKey() + " lost " + words(e.getValue()))
        .findFirst();
  }

  private static String words(Books books) {
    return books.failures() + " requests, the first: " + books.details().getFirst();
  }

  private static Optional<String> held(EnvironmentRecord record) {
    return record.holds().stream().findFirst().map(h -> rule(h) + ": " + h.text());
  }

  private static String rule(Hold hold) {
    return switch (hold.reason()) {
      case FOREIGN_WRITE -> "rule 4, observed weights equal those last written";
      case CHECK_FAILED -> "rule 7, the new side is no worse than the old one";
      case SHARE_DISAGREES, TOO_FEW_SAMPLES -> "rule 5, measured share agrees with the intended";
      case HOME_GONE -> "rule 10, a return has a home";
      case HOME_TOO_SMALL -> "rule 6, capacity before weight";
      case PERSON -> "a person";
      case RUN_ONCE_UNPROVEN -> "rule 11, run-once work runs on one side";
    };
  }

  private static Optional<String> neverWritten(EnvironmentRecord record) {
    return record.refusals().values().stream()
        .map(Refusal::text)
        .filter(text -> text.contains("AllZero"))
        .findFirst()
        .map(text -> "rule 1, all-zero is never written: " + text);
  }

  private static Optional<String> refused(FailingCheck check) {
    return check.name().equals("drained")
        ? Optional.of("rule 13, a drained side has no requests: " + check.evidence())
        : Optional.empty();
  }

  private static Optional<String> wrongShare(Traffic traffic, Tale tale) {
    for (StepSeen step : tale.book().steps()) {
      ShareJudgement judged = traffic.judge(step);
      if (judged.samples() >= ShareJudgement.LEAST && !judged.withinBound()) {
        return Optional.of(
            "the users' ledger: %s has %.1f %% of %d on %s, %d %% are intended"
                .formatted(
                    step.route(),
                    100 * judged.measured(),
                    judged.samples(),
                    step.gaining(),
                    step.percent()));
      }
    }
    return Optional.empty();
  }
}
