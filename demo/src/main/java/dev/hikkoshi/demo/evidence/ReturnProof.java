package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.evidence.HikkoshiHand.Answer;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.stage.Overlay.Change;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.MoveRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A new version turns sick in the middle of a step, at a time that is known to the millisecond: the
 * declared check sees it in the load balancers' own metrics, and traffic goes home by itself. Once
 * more with the new cluster's API server dead, and once by {@code hikkoshi return} while nobody can
 * read the repository.
 */
final class ReturnProof implements Proof {

  /** Of the sandbox's fast physics, and of the controller as the stage starts it. */
  private static final Duration METRIC_PERIOD = Duration.ofSeconds(1);

  private static final Duration ANALYSIS = Duration.ofSeconds(1);
  private static final Duration AFTER_VERDICT = Duration.ofSeconds(2);
  private static final Duration AFTER_BREACH =
      METRIC_PERIOD.plus(ANALYSIS).plus(Duration.ofSeconds(2));
  private static final Duration AFTER_COMMAND = ANALYSIS.plus(AFTER_VERDICT);

  /** Until it turns sick, so that every pod knows it before. */
  private static final Duration NOTICE = Duration.ofSeconds(6);

  private static final int SICK_AT = 25;
  private static final double ERRORS = 0.3;

  /** Everything in between takes less; a side that is not left by then is not left. */
  private static final Duration LONGEST = Duration.ofSeconds(40);

  private static Overlay sample(boolean blind) {
    return Overlay.shortTimes()
        .and(new Change("dwell: {min: 8s, max: 2m}", "dwell: {min: 20s, max: 2m}"))
        .and(new Change("steps: [1, 5, 25, 50, 100]", "steps: [25, 100]"))
        .and(new Change("blocking: false", "blocking: " + !blind))
        .and(new Change("onFailure: hold", "onFailure: return"));
  }

  @Override
  public String on(Ground ground) {
    ground.serve(sample(ground.asked().plant()));
    try (Traffic users = ground.users()) {
      return new Run(ground, users).all();
    }
  }

  /** One run, from the moment at which users are there. */
  private record Run(Ground ground, Traffic users) {

    String all() {
      ground.merged(ground.repository().upgrade("1.36", "1.37"));
      String sick = turnsSick("a new version turns sick", false);
      tryAgain();
      String dead = turnsSick("the same with its API server dead", true);
      tryAgain();
      String typed = byCommand();
      tryAgain();
      well();
      ground.await("the whole move, once it is well", this::drained);
      return "%s; API server dead: %s; by command without Git: %s; then the whole move passed its check"
          .formatted(sick, dead, typed);
    }

    private boolean drained() {
      return ground.move().phase() instanceof MovePhase.Retiring;
    }

    private MovePhase phase() {
      return ground.move().phase();
    }

    /** Until every route is looked at in the step, and for some periods of it. */
    private void awaitStep() {
      ground.await("the step of " + SICK_AT + " %", this::watching);
      Instant begun = ground.clock().instant();
      pass(begun.plus(METRIC_PERIOD.multipliedBy(4)));
    }

    private boolean watching() {
      MoveRecord move = ground.move();
      return phase() instanceof MovePhase.Stepping
          && move.routes().size() == Traffic.ROUTES.size()
          && move.routes().values().stream()
              .allMatch(r -> r.progress() instanceof RouteProgress.Watching w && w.step() == 1);
    }

    private void pass(Instant until) {
      Waiting.until("time to pass", LONGEST, () -> ground.clock().instant().isAfter(until));
    }

    /** Answers what was measured. */
    private String turnsSick(String what, boolean kill) {
      awaitStep();
      long before = failures();
      MoveRecord move = ground.move();
      String group = group(move);
      Instant breach;
      try (Inside inside = ground.inside(move.to())) {
        breach = ground.clock().instant().plus(NOTICE);
        inside.script("{\"errors\": %s, \"errorsFrom\": \"%s\"}".formatted(ERRORS, breach));
        Ground.require(
            ground.clock().instant().plus(METRIC_PERIOD).isBefore(breach),
            "the pods were told too late when to turn sick");
        Optional<DeadApiServer> dead =
            kill ? Optional.of(DeadApiServer.of(inside.server())) : Optional.empty();
        try {
          awaitHome(what);
        } finally {
          dead.ifPresent(DeadApiServer::close);
        }
        dead.ifPresent(d -> Ground.require(d.kills() > 0, "the API server was never killed"));
      }
      Instant verdict = turnedBack(move.id());
      Instant last = lastWrite(move, group);
      Ground.require(verdict.isAfter(breach), "it went home before it was sick: " + verdict);
      String seen =
          "%s after the breach, %s after the verdict"
              .formatted(text(breach, last), text(verdict, last));
      ground.say("home", what + ": last write " + seen);
      within(verdict, last, AFTER_VERDICT, "from the verdict to the last write");
      within(breach, last, AFTER_BREACH, "from the breach to the last write");
      Ground.require(failures() > before, "no user noticed, so it was not sick");
      nobodyThere(move.to());
      return seen;
    }

    private void awaitHome(String what) {
      Waiting.until(what, LONGEST, () -> phase() instanceof MovePhase.Returned);
    }

    private static void within(Instant from, Instant to, Duration most, String what) {
      Duration taken = Duration.between(from, to);
      Ground.require(
          !taken.isNegative() && taken.compareTo(most) <= 0, what + ": " + taken + ", not " + most);
    }

    private static String text(Instant from, Instant to) {
      double seconds = Duration.between(from, to).toMillis() / 1000.0;
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private long failures() {
      return users.books().values().stream().mapToLong(Books::failures).sum();
    }

    /** When the journal says that the move turned back: the pass in which the verdict was fail. */
    private Instant turnedBack(String move) {
      List<JournalEntry> entries =
          ground.record().journal().stream()
              .filter(
                  e -> e.move().equals(move) && e.phase().filter("returning"::equals).isPresent())
              .toList();
      Ground.require(entries.size() == 1, "it turned back " + entries.size() + " times");
      ground.say("journal", entries.getFirst().text());
      return entries.getFirst().at();
    }

    /** When no route gave the side any weight any more, as the region saw it. */
    private Instant lastWrite(MoveRecord move, String group) {
      LastWeights last = new LastWeights(ground.region());
      Instant records = last.ofRecords(move.to());
      Instant rule = last.ofRule(group);
      return records.isAfter(rule) ? records : rule;
    }

    private String group(MoveRecord move) {
      return ground
          .record()
          .cluster(move.to())
          .map(c -> c.ends().get(Traffic.API))
          .orElseThrow(() -> new DemoException(move.to() + " has no group"));
    }

    /** After the answers' TTL nobody is answered by the side that was left. */
    private void nobodyThere(String left) {
      Instant quiet = ground.clock().instant().plus(users.ttl()).plusSeconds(3);
      pass(quiet.plusSeconds(2));
      users
          .books()
          .forEach(
              (route, books) ->
                  Ground.require(
                      books.last(left).filter(quiet::isBefore).isEmpty(),
                      route + " is still answered by " + left));
    }

    private void well() {
      try (Inside inside = ground.inside(ground.move().to())) {
        Waiting.until("an API server to annotate pods", Ground.LIMIT, () -> scripted(inside));
      }
    }

    private static boolean scripted(Inside inside) {
      try {
        inside.script("{}");
        return true;
      } catch (RuntimeException _) {
        return false; // it is just being started again
      }
    }

    /** The kept cluster is well again, and a person says that it may be tried again. */
    private void tryAgain() {
      String before = ground.move().id();
      well();
      type("resume", "shop", "--try-again", "--reason=it is well again", "--yes");
      ground.await("another move to the same cluster", () -> !ground.move().id().equals(before));
    }

    private String byCommand() {
      awaitStep();
      MoveRecord move = ground.move();
      Path origin = ground.folders().origin();
      Path away = origin.resolveSibling("origin-that-nobody-finds");
      rename(origin, away);
      try {
        return typed(move, group(move));
      } finally {
        rename(away, origin);
      }
    }

    private String typed(MoveRecord move, String group) {
      Instant typed = ground.clock().instant();
      type("return", "shop", "--reason=checkout fails", "--yes");
      Instant answered = ground.clock().instant();
      awaitHome("traffic to be home by command");
      Instant last = lastWrite(move, group);
      Ground.require(last.isAfter(typed), "nothing was written after the command");
      String seen =
          "%s after it was typed, which took %s"
              .formatted(text(typed, last), text(typed, answered));
      ground.say("home", "by command, without Git: last write " + seen);
      Duration after = Duration.between(answered, last);
      Ground.require(
          after.compareTo(AFTER_COMMAND) <= 0,
          "from the command's end to the last write: " + after);
      nobodyThere(move.to());
      return seen;
    }

    private void type(String... words) {
      Answer answer =
          new HikkoshiHand(ground.folders(), ground.region()).type(ground.folders().root(), words);
      Ground.require(answer.code() == 0, String.join(" ", words) + ": " + answer.whole());
    }

    private static void rename(Path from, Path to) {
      try {
        Files.move(from, to);
      } catch (IOException e) {
        throw new DemoException("could not move " + from + ": " + e.getMessage(), e);
      }
    }
  }
}
