package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.ShareCheck;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.move.RouteProgress.Lasting;
import dev.hikkoshi.environments.move.RouteProgress.Settling;
import dev.hikkoshi.environments.move.RouteProgress.Watching;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.plan.RouteChecks.Found;
import dev.hikkoshi.environments.record.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rule 5: when a step is effective, and whether it did what was intended. */
final class RouteJudge {

  private static final String STICKY = "stickiness is on: share of requests is shown, not judged";

  private final RouteCase at;
  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;

  RouteJudge(RouteCase at) {
    this.at = at;
    this.d = at.draft();
    this.route = at.route();
    this.seen = at.seen();
    this.sides = at.sides();
  }

  void settle(Settling s) {
    Optional<Instant> effective =
        switch (seen) {
          case DnsRouteSeen dns -> dnsEffective(s, dns);
          case AlbRouteSeen alb -> Optional.of(s.writtenAt().plus(alb.stickiness()));
        };
    if (effective.isEmpty()) {
      return;
    }
    if (d.now.isBefore(effective.get())) {
      d.await(
          Wait.until(
              Wait.Kind.TIME,
              route.name(),
              "older answers may still be held (TTL or stickiness)",
              effective.get()));
      return;
    }
    Course course = at.course();
    if (s.step() == Course.ATTACH) {
      at.progress(s.attached(effective.get()));
    } else if (course.judged() && s.step() < course.out()) {
      at.progress(s.effective(effective.get()));
    } else {
      at.progress(s.effective(effective.get()).judged(d.now, "effective: " + sides));
    }
  }

  private Optional<Instant> dnsEffective(Settling s, DnsRouteSeen dns) {
    Duration ttl = dns.ttl().value();
    if (s.insyncAt().isPresent()) {
      return s.insyncAt().map(at -> at.plus(ttl));
    }
    String change = s.changeId().orElse("");
    Observation<Boolean> insync = d.observed.changes().get(change);
    if (insync == null || !insync.knownAnd(yes -> yes)) {
      d.await(Wait.Kind.PROGRESS, route.name(), "change " + change + " is not INSYNC yet");
      return Optional.empty();
    }
    at.progress(s.insync(d.now));
    return Optional.of(d.now.plus(ttl));
  }

  /** A step is effective: its checks first, at any time; then its dwell, its share, its samples. */
  void judge(Watching w) {
    Course course = at.course();
    RouteChecks checks = new RouteChecks(at);
    List<Found> found = checks.now(w.step());
    if (checks.failed(found)) {
      return;
    }
    checks.show(found);
    Instant min = w.effectiveAt().plus(course.step(w.step()).dwellMin());
    if (d.now.isBefore(min)) {
      String sentence = "step %d (%d %%) is watched".formatted(w.step(), course.percent(w.step()));
      d.await(Wait.until(Wait.Kind.TIME, route.name(), sentence, min));
      return;
    }
    Check share =
        Readiness.sticky(seen)
            ? new Check("share", route.name(), Verdict.pass(STICKY))
            : share(course, w.step());
    switch (share.verdict()) {
      case Verdict.Pass(String evidence) -> checked(w, course, share, evidence, found);
      case Verdict.Fail(String evidence) -> {
        d.require(share);
        at.hold(Hold.Reason.SHARE_DISAGREES, evidence);
      }
      case Verdict.Unknown(String evidence) -> {
        boolean counted = d.observed.measured().get(route.name()) instanceof Known;
        tooFew(w, course, share, evidence, counted);
      }
    }
  }

  /** The share is as intended; now every blocking check has to pass. */
  private void checked(Watching w, Course course, Check share, String evidence, List<Found> found) {
    Optional<Found> open =
        found.stream().filter(f -> f.check().blocking() && !f.finding().passed()).findFirst();
    d.require(share);
    if (open.isEmpty()) {
      at.judged(w.judged(d.now, evidence + RouteChecks.evidence(found)));
      return;
    }
    Found first = open.get();
    if (new RouteChecks(at).patient(first)) {
      d.require(first.shown(route.name()));
      return;
    }
    String text = first.check().name() + ": " + first.finding().verdict().evidence();
    boolean counted = first.finding().lack() == Lack.SAMPLES;
    tooFew(w, course, first.shown(route.name()), text, counted);
  }

  /**
   * The step was judged: its checks stand on until the next one is written, and through soak. A
   * write may be put off for long: by a freeze, a hold, a window that closed.
   */
  void stand() {
    Optional<Lasting> lasting = at.course().lasting(at.state());
    if (lasting.isEmpty()) {
      return;
    }
    RouteChecks checks = new RouteChecks(at);
    List<Found> found = checks.now(lasting.get().step());
    if (checks.failed(found)) {
      return;
    }
    checks.show(found);
    RouteChecks.unsure(found).ifPresent(f -> d.unsure(route.name(), f.shown(route.name())));
  }

  private Check share(Course course, int step) {
    Observation<Measured> measured = d.observed.measured().get(route.name());
    if (measured == null) {
      return new Check("share", route.name(), Verdict.unknown("not measured yet"));
    }
    long least =
        switch (route) {
          case DesiredRoute.Dns _ -> d.desired.measuring().dnsAnswers();
          case DesiredRoute.Alb _ -> d.desired.measuring().minRequests();
        };
    return switch (measured) {
      case Unknown<Measured>(_, String why) ->
          new Check("share", route.name(), Verdict.unknown("could not be measured: " + why));
      case Known<Measured>(Measured m) ->
          ShareCheck.judge(route.name(), m, course.gaining(), course.share(step, sides), least);
    };
  }

  private void tooFew(Watching w, Course course, Check check, String evidence, boolean counted) {
    Instant begun = at.state().judging().since();
    Instant since = begun.isAfter(w.effectiveAt()) ? begun : w.effectiveAt();
    Instant max = since.plus(course.step(w.step()).dwellMax());
    if (d.now.isBefore(max)) {
      d.require(check);
      d.await(Wait.until(Wait.Kind.TIME, route.name(), evidence, max));
      return;
    }
    boolean advance = counted && d.desired.move().onTooFewSamples() == MoveRules.TooFew.ADVANCE;
    if (advance) {
      at.judged(w.judged(d.now, "went on with too few samples, as configured: " + evidence));
    } else {
      d.require(check);
      at.hold(Hold.Reason.TOO_FEW_SAMPLES, evidence);
    }
  }
}
