package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.analysis.Analysis;
import dev.hikkoshi.environments.check.analysis.Finding;
import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.Judging;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rule 7: the checks of the definition on one route, and what follows when one fails. */
final class RouteChecks {

  private final RouteCase at;
  private final Draft d;

  RouteChecks(RouteCase at) {
    this.at = at;
    this.d = at.draft();
  }

  /** One check with what it found. */
  record Found(DeclaredCheck check, Finding finding) {

    /** As it is shown. */
    Check shown(String route) {
      String name = check.blocking() ? check.name() : check.name() + " (warning)";
      return new Check(name, route, finding.verdict());
    }
  }

  /**
   * The apps that verdicts are about; other ones begin the step's verdicts anew. Noted from the
   * first write on, for they may change before a step is looked at for the first time.
   */
  void noteApps() {
    if (d.desired.move().declared().isEmpty()) {
      return;
    }
    judging(at.state().judging().of(d.desired.apps().appDigest(), d.now));
  }

  private void judging(Judging next) {
    if (!next.equals(at.state().judging())) {
      MoveRecord move = at.move();
      d.record = d.record.with(move.with(at.route().name(), at.state().with(next)));
    }
  }

  /** What the checks say of the step that is effective; nothing where there is none to judge. */
  List<Found> now(int step) {
    MoveRecord move = at.move();
    if (at.state().alone() || !CheckWindow.judged(move.phase())) {
      return List.of();
    }
    Optional<CheckWindow> window = CheckWindow.of(d.desired, move, at.state(), d.observed.at());
    Duration least = at.course().step(step).dwellMin();
    List<Found> all = new ArrayList<>();
    for (MoveCheck check : CheckWindow.asked(d.desired, move, at.route().name(), d.now)) {
      boolean whole = at.course().percent(step) == 100;
      boolean asked = check.when() == When.DURING || check.when() == When.AFTER && whole;
      if (asked) {
        Finding finding =
            window
                .map(w -> finding(check, w.asked(d.desired, move.steps().size(), least)))
                .orElseGet(() -> Finding.unknown(Lack.TIME, "no whole period yet"));
        all.add(remembered(check, finding));
      }
    }
    new InquiryFindings(d, at.route().name())
        .of(EnumSet.of(When.DURING, When.AFTER))
        .forEach(f -> all.add(remembered(f.check(), f.finding())));
    return all;
  }

  /** What the checks before a step say. */
  static List<Found> before(RouteCase at) {
    RouteChecks checks = new RouteChecks(at);
    Draft d = at.draft();
    CheckWindow window = CheckWindow.before(d.desired, d.observed.at());
    Analysis.Asked asked = window.asked(d.desired, at.move().steps().size(), Duration.ZERO);
    Set<When> whens =
        Turn.ahead(at.state(), at.course()) == 1
            ? EnumSet.of(When.START, When.BEFORE)
            : EnumSet.of(When.BEFORE);
    List<Found> all = new ArrayList<>();
    CheckWindow.asked(d.desired, at.move(), at.route().name(), d.now).stream()
        .filter(c -> whens.contains(c.when()))
        .forEach(c -> all.add(new Found(c, checks.finding(c, asked))));
    all.addAll(new InquiryFindings(d, at.route().name()).of(whens));
    return all;
  }

  private Finding finding(MoveCheck check, Analysis.Asked asked) {
    MoveRecord move = at.move();
    Observation<Readings> old =
        move.from()
            .map(side -> readings(check, side))
            .orElseGet(() -> Observation.unknown("the old side", "there is none"));
    return Analysis.of(check, readings(check, move.to()), old, asked);
  }

  private Observation<Readings> readings(MoveCheck check, String side) {
    Observation<Readings> seen =
        d.observed.readings().get(new Meter(check.name(), at.route().name(), side));
    return seen != null ? seen : Observation.unknown(check.name(), "not asked yet");
  }

  private Found remembered(DeclaredCheck check, Finding finding) {
    Judging before = at.state().judging();
    Judging next =
        finding.lack() == Lack.ANSWER
            ? before.silent(check.name(), d.now)
            : before.heard(check.name());
    String word = finding.verdict().word();
    String last = before.said().getOrDefault(check.name(), "unknown");
    if (!word.equals(last)) {
      next = next.said(check.name(), word);
      d.log(
          "check %s on %s: %s, %s"
              .formatted(check.name(), at.route().name(), word, finding.verdict().evidence()));
    }
    judging(next);
    return new Found(check, finding);
  }

  /** Whether a provider may still be silent for a while. */
  boolean patient(Found found) {
    Instant silent = at.state().judging().silent().get(found.check().name());
    return found.finding().lack() == Lack.ANSWER
        && silent != null
        && d.now.isBefore(silent.plus(found.check().silence()));
  }

  /** Acts on a blocking check that failed. Answers whether one did. */
  boolean failed(List<Found> all) {
    Optional<Found> failed =
        all.stream().filter(f -> f.check().blocking() && f.finding().failed()).findFirst();
    failed.ifPresent(
        f -> {
          d.require(f.shown(at.route().name()));
          act(f);
        });
    return failed.isPresent();
  }

  private void act(Found found) {
    String evidence =
        "check %s failed on %s: %s"
            .formatted(
                found.check().name(), at.route().name(), found.finding().verdict().evidence());
    if (d.desired.move().onFailure() == MoveRules.OnFailure.HOLD) {
      at.hold(Hold.Reason.CHECK_FAILED, evidence + "; bring it home, or say why it may go on");
      return;
    }
    GoHome home = new GoHome(JournalEntry.HIKKOSHI, evidence, d.now);
    Optional<String> why = noReturn(found).or(() -> home.refusal(d.record));
    if (why.isPresent()) {
      at.hold(Hold.Reason.CHECK_FAILED, evidence + "; not brought home: " + why.get());
    } else {
      d.record = home.on(d.record);
    }
  }

  /** Why traffic stays although the check failed: a person's word, or home is no better. */
  private Optional<String> noReturn(Found found) {
    return held().or(this::homeGone).or(() -> homeFailsToo(found));
  }

  private Optional<String> held() {
    return d.record.holds().stream()
        .filter(h -> h.reason() == Hold.Reason.PERSON || h.reason() == Hold.Reason.FOREIGN_WRITE)
        .findFirst()
        .map(hold -> "traffic is held, " + hold.text());
  }

  private Optional<String> homeGone() {
    return at.move()
        .from()
        .filter(home -> LostCluster.is(d, home))
        .map(home -> home + " is gone: EKS does not have it, and nothing answers from it");
  }

  /** Only a bound says how home is by itself; a comparison takes home for what is well. */
  private Optional<String> homeFailsToo(Found found) {
    MoveRecord move = at.move();
    Optional<CheckWindow> window =
        CheckWindow.of(d.desired, move, at.state(), d.observed.at())
            .filter(w -> w.earlier().isEmpty());
    if (move.from().isEmpty()
        || window.isEmpty()
        || !(found.check() instanceof MoveCheck check
            && check.compare() instanceof Compare.Bound)) {
      return Optional.empty();
    }
    Observation<Readings> old = readings(check, move.from().get());
    Analysis.Asked asked = window.get().asked(d.desired, move.steps().size(), Duration.ZERO);
    Finding there = Analysis.of(check, old, old, asked);
    if (there.failed()) {
      return Optional.of("home fails it too: " + there.verdict().evidence());
    }
    // A return brings every route home: what was said of home on any of them stands until it
    // passes.
    boolean before =
        d.record.holds().stream().anyMatch(h -> h.reason() == Hold.Reason.CHECK_FAILED);
    return before && !there.passed()
        ? Optional.of("how home is now is not known, and it was no better before")
        : Optional.empty();
  }

  /**
   * Blocking checks that are not known to be well: the next step and the end of soak wait. Too few
   * samples do not make them wait, for there may never be more.
   */
  static Optional<Found> unsure(List<Found> all) {
    return all.stream()
        .filter(f -> f.check().blocking())
        .filter(
            f ->
                switch (f.finding().lack()) {
                  case TIME, DATA, ANSWER -> true;
                  case NOTHING, SAMPLES -> false;
                })
        .findFirst();
  }

  /** Shows every check, and those that nobody asks; none makes anything wait by that. */
  void show(List<Found> all) {
    all.forEach(f -> d.note(f.shown(at.route().name())));
    skipped();
  }

  /** What is switched off is seen to be, and by whom. */
  private void skipped() {
    String route = at.route().name();
    d.desired.move().declared().stream()
        .filter(check -> check.judges(route))
        .forEach(
            check ->
                CheckWindow.skipped(check, at.move(), d.now)
                    .map(why -> new Check(check.name() + " (skipped)", route, Verdict.pass(why)))
                    .ifPresent(d::note));
  }

  /** What the blocking checks say, for the journal. */
  static String evidence(List<Found> all) {
    StringBuilder text = new StringBuilder();
    for (Found f : all) {
      if (f.check().blocking() && f.finding().verdict() instanceof Verdict.Pass(String evidence)) {
        text.append("; ").append(f.check().name()).append(": ").append(evidence);
      }
    }
    return text.toString();
  }
}
