package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.story.Story.Told;
import dev.hikkoshi.demo.watch.MoveBook;
import dev.hikkoshi.demo.watch.PhaseSeen;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.demo.watch.StepSeen.Kind;
import dev.hikkoshi.environments.history.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether all of it happened, judged by the books of the users and not by what the controller says
 * about itself. Every sentence in {@link #problems} is something that must not be.
 */
public final class Reckoning {

  /** The longest that all phases together may take. */
  static final Duration ALL_PHASES = Duration.ofMinutes(3);

  /** What reading, deciding and writing may take on top of polling or of a TTL. */
  static final Duration SLACK = Duration.ofSeconds(2);

  private static final List<Integer> BEFORE_THE_REVERT = List.of(1, 5);
  private static final List<Integer> ALL_STEPS = List.of(1, 5, 25, 50, 100);

  private final Facts facts;
  private final MoveBook book;
  private final SortedMap<String, Books> books;
  private final List<Report.Step> steps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * What is known beside the books.
   *
   * @param poll of the controller
   * @param ttl as the name server answered
   * @param physics the sandbox's
   */
  public record Facts(
      Duration tools, Duration build, Duration poll, Duration ttl, String physics) {}

  Reckoning(Facts facts, MoveBook book, Traffic traffic) {
    this.facts = facts;
    this.book = book;
    books = traffic.books();
    for (StepSeen step : book.steps()) {
      if (!step.cut()) {
        judge(step, traffic.judge(step));
      }
    }
  }

  /** The report of a story that was told to its end. */
  Report report(Told told) {
    lost();
    everyStep(told);
    Report.Revert revert = revert(told);
    List<Report.Phase> phases = phases();
    double all = phases.stream().mapToDouble(Report.Phase::seconds).sum();
    require(
        all < ALL_PHASES.toSeconds(),
        "the phases took %.0f s, more than %d".formatted(all, ALL_PHASES.toSeconds()));
    SortedMap<String, Report.Requests> routes = new TreeMap<>();
    books.forEach((route, b) -> routes.put(route, new Report.Requests(b.sent(), b.failures())));
    return new Report(
        problems.isEmpty(),
        routes,
        List.copyOf(steps),
        revert,
        phases,
        new Report.Took(seconds(facts.tools())),
        new Report.Took(seconds(facts.build())),
        seconds(facts.poll()),
        seconds(facts.ttl()),
        seconds(insync()),
        facts.physics());
  }

  /** The journal broke no rule. */
  void held(Audit audit) {
    audit.breaches().forEach(b -> problems.add("the journal breaks " + b));
    require(audit.writes() > 0, "the journal has no write");
  }

  /** What must not be and was; empty when all is well. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private void judge(StepSeen step, ShareJudgement judged) {
    steps.add(
        new Report.Step(
            step.move(),
            step.kind() == Kind.MOVE ? "move" : "return",
            step.route(),
            step.percent(),
            percent(judged.measured()),
            judged.samples(),
            Traffic.samplesKind(step.route()),
            judged.withinBound()));
    require(
        judged.withinBound(),
        "%s of %s: %d %% intended, %.2f %% of %d measured"
            .formatted(
                step.route(),
                step.move(),
                step.percent(),
                percent(judged.measured()),
                judged.samples()));
  }

  private void lost() {
    books.forEach(
        (route, b) -> {
          require(b.failures() == 0, route + " lost " + b.failures() + ": " + b.details());
          require(b.underWay() == 0, route + " never heard of " + b.underWay() + " requests");
          require(
              2 * b.sentOnNewConnections() >= b.sent(),
              route + " had too few requests on new connections");
        });
  }

  private void everyStep(Told told) {
    for (String route : Traffic.ROUTES) {
      require(
          judgedSteps(told.reverted(), Kind.MOVE, route, BEFORE_THE_REVERT),
          route + " did not step to the revert");
      require(
          judgedSteps(told.reverted(), Kind.RETURN, route, List.of(100)),
          route + " did not return");
      require(
          judgedSteps(told.completed(), Kind.MOVE, route, ALL_STEPS),
          route + " did not take every step");
    }
  }

  private boolean judgedSteps(String move, Kind kind, String route, List<Integer> percents) {
    List<Integer> seen =
        book.steps().stream()
            .filter(s -> s.move().equals(move) && s.kind() == kind && s.route().equals(route))
            .filter(s -> s.effectiveAt().isPresent() && !s.cut())
            .map(StepSeen::percent)
            .toList();
    return seen.equals(percents);
  }

  private Report.Revert revert(Told told) {
    Optional<Instant> written =
        book.steps().stream()
            .filter(s -> s.move().equals(told.reverted()) && s.kind() == Kind.RETURN)
            .flatMap(s -> s.writtenAt().stream())
            .max(Instant::compareTo);
    if (written.isEmpty()) {
      require(false, "no weights were written after the revert");
      return new Report.Revert(0, new TreeMap<>());
    }
    double toWrite = seconds(Duration.between(told.revert(), written.get()));
    double mostToWrite = seconds(facts.poll().plus(SLACK));
    require(
        toWrite <= mostToWrite,
        "the last weights were written %.1f s after the revert, not within %.1f"
            .formatted(toWrite, mostToWrite));
    SortedMap<String, Double> late = new TreeMap<>();
    double mostLate = seconds(insync().plus(facts.ttl()).plus(SLACK));
    for (Map.Entry<String, Instant> last : told.lastOnNewSide().entrySet()) {
      double after = Math.max(0, seconds(Duration.between(written.get(), last.getValue())));
      late.put(last.getKey(), after);
      require(
          after <= mostLate,
          "the last request of %s on the new side came %.1f s after the last write, not within %.1f"
              .formatted(last.getKey(), after, mostLate));
    }
    require(
        late.keySet().equals(Traffic.ROUTES),
        "the new side did not serve both routes before the revert");
    return new Report.Revert(toWrite, late);
  }

  private List<Report.Phase> phases() {
    List<Report.Phase> phases = new ArrayList<>();
    for (PhaseSeen phase : book.phases()) {
      phase
          .endedAt()
          .ifPresent(
              end ->
                  phases.add(
                      new Report.Phase(
                          phase.move(),
                          phase.name(),
                          seconds(Duration.between(phase.since(), end)))));
    }
    return phases;
  }

  private Duration insync() {
    return book.steps().stream()
        .flatMap(s -> s.insync().stream())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void require(boolean so, String otherwise) {
    if (!so) {
      problems.add(otherwise);
    }
  }

  private static double percent(double share) {
    return Math.round(10_000 * share) / 100.0;
  }

  private static double seconds(Duration duration) {
    return Math.round(duration.toMillis() / 10.0) / 100.0;
  }
}
