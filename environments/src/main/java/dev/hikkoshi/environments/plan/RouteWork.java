package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.ShareCheck;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.RouteProgress.Attached;
import dev.hikkoshi.environments.move.RouteProgress.Judged;
import dev.hikkoshi.environments.move.RouteProgress.Settling;
import dev.hikkoshi.environments.move.RouteProgress.Waiting;
import dev.hikkoshi.environments.move.RouteProgress.Watching;
import dev.hikkoshi.environments.move.RouteProgress.Writing;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RouteRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One route in one pass: what was seen, how far it is, and the next write (rules 1 to 6, 10). */
final class RouteWork {

  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;

  private RouteWork(Draft d, DesiredRoute route, RouteSeen seen) {
    this.d = d;
    this.route = route;
    this.seen = seen;
    this.sides = SidesSeen.of(seen, d.record.clusters().keySet());
  }

  static void plan(Draft d) {
    letGo(d);
    List<RouteWork> known = new ArrayList<>();
    for (DesiredRoute route : d.desired.routes()) {
      switch (d.route(route.name())) {
        case Unknown<RouteSeen>(String what, String why) ->
            d.await(Wait.Kind.UNKNOWN, route.name(), what + " could not be read: " + why);
        case Known<RouteSeen>(RouteSeen seen) -> known.add(new RouteWork(d, route, seen));
      }
    }
    // What holds one route holds all: every route is looked at before any is written.
    List<RouteWork> ours = known.stream().filter(RouteWork::look).toList();
    ours.forEach(RouteWork::act);
  }

  /** A route that is not in the definition any more keeps its weights; nothing is deleted. */
  private static void letGo(Draft d) {
    for (RouteRecord known : d.record.routes().values()) {
      if (d.desired.route(known.name()).isEmpty() && !known.letGo()) {
        d.record = d.record.with(known.letGo(true));
        d.log("let " + known.name() + " go: its weights stay as they are");
        for (Hold hold : d.record.holds()) {
          if (hold.subject().equals(known.name())) {
            d.record = d.record.withoutHold(hold);
          }
        }
      }
    }
  }

  /** Recognises the weights and judges what was written. Answers whether the route is ours. */
  private boolean look() {
    if (d.move().isEmpty() || !recognise()) {
      return false;
    }
    if (fellOff()) {
      d.log(route.name() + " has lost " + course().gaining() + ": it is attached again");
      progress(new Waiting());
    }
    switch (move().route(route.name()).progress()) {
      case Settling s -> settle(s);
      case Watching w -> judge(w);
      case Waiting _, Writing _, Attached _, Judged _ -> {}
    }
    return true;
  }

  /**
   * The gaining side is gone from the route although it was put there: weights of somebody else
   * were accepted, or an old write arrived late. There is nothing to go on from.
   */
  private boolean fellOff() {
    boolean wasThere =
        switch (move().route(route.name()).progress()) {
          case Attached _, Settling _, Watching _ -> true;
          case Judged j -> j.step() < course().out();
          case Waiting _, Writing _ -> false;
        };
    return wasThere && sides.side(course().gaining()).isEmpty();
  }

  /** The next write, if it is time for one. */
  private void act() {
    MoveRecord move = move();
    switch (move.route(route.name()).progress()) {
      case Waiting _ -> enter(move);
      case Writing w -> write(w.step());
      case Attached _ -> advance(1);
      case Judged j -> judged(j);
      case Settling _, Watching _ -> {}
    }
  }

  private MoveRecord move() {
    return d.move().orElseThrow();
  }

  private Course course() {
    return Course.of(move(), move().route(route.name()));
  }

  private void progress(RouteProgress next) {
    d.record = d.record.with(move().with(route.name(), next));
  }

  /** Rule 4: the weights must be ours. Answers whether the route may be worked on. */
  private boolean recognise() {
    RouteRecord known =
        d.record
            .route(route.name())
            .orElseGet(() -> RouteRecord.fresh(route.name(), route.role()))
            .letGo(false);
    remember(known);
    rememberEnds();
    if (known.accept()) {
      accept(known);
      return true;
    }
    if (known.lastWritten().isEmpty() && known.intended().isEmpty()) {
      return takeOver(known);
    }
    if (known.intended().filter(sides::equals).isPresent()) {
      landed(known);
      return true;
    }
    if (known.knows(sides)) {
      return true;
    }
    return foreign(known);
  }

  private void remember(RouteRecord known) {
    d.record = d.record.with(known);
  }

  private void rememberEnds() {
    sides
        .of()
        .forEach(
            (side, at) -> {
              if (!at.target().isEmpty()) {
                d.record = d.record.change(side, c -> c.withEnd(route.name(), at.target()));
              }
            });
  }

  private boolean takeOver(RouteRecord known) {
    Optional<String> unremembered =
        sides.of().keySet().stream().filter(d.record.clusters()::containsKey).findFirst();
    if (unremembered.isPresent()) {
      String sentence =
          "%s is on the route, but the record does not know who put it there".formatted(sides);
      d.await(Wait.Kind.BLOCKED, route.name(), sentence);
      return false;
    }
    if (!d.require(Readiness.strangers(d, route, sides))) {
      return false;
    }
    remember(known.now(sides));
    return true;
  }

  /** What we meant to write is there: an answer was lost, or a write came late. */
  private void landed(RouteRecord known) {
    boolean repeat = known.lastWritten().filter(sides::equals).isPresent();
    if (repeat) {
      return;
    }
    remember(known.now(sides));
    d.log(route.name() + " is as intended, though no answer came: " + sides);
    RouteProgress progress = move().route(route.name()).progress();
    if (!(progress instanceof Writing) && progress.step() >= 0) {
      progress(new Writing(progress.step(), d.now));
    }
  }

  private boolean foreign(RouteRecord known) {
    Sides last = known.lastWritten().orElse(Sides.none());
    if (move().returning() && onTheWayHome(last)) {
      remember(known.now(sides));
      d.log("somebody else moved " + route.name() + " towards home: " + sides + "; going on");
      goOnFrom("moved towards home by somebody else");
      d.record.holds().stream()
          .filter(h -> h.subject().equals(route.name()))
          .forEach(h -> d.record = d.record.withoutHold(h));
      return true;
    }
    String text =
        "somebody else wrote weights: %s, ours were %s; to accept them: hikkoshi resume %s --reason TEXT --accept-weights"
            .formatted(sides, last, d.desired.environment());
    hold(Hold.Reason.FOREIGN_WRITE, text);
    return false;
  }

  /** Home has no less share than we gave it, and nobody unknown is there. */
  private boolean onTheWayHome(Sides last) {
    String home = move().gaining();
    return sides.share(home) >= last.share(home)
        && Readiness.strangers(d, route, sides).passed()
        && sides.of().entrySet().stream()
            .filter(e -> !d.record.clusters().containsKey(e.getKey()))
            .allMatch(e -> last.side(e.getKey()).filter(e.getValue()::equals).isPresent());
  }

  private void accept(RouteRecord known) {
    remember(known.now(sides));
    d.log("accepted on " + route.name() + ": " + sides);
    goOnFrom("weights accepted by a person");
  }

  /** Other weights than ours are right now: the route stands at the step that they have reached. */
  private void goOnFrom(String evidence) {
    if (move().route(route.name()).progress().step() >= 0) {
      progress(RouteProgress.accepted(course().reached(sides), d.now, evidence));
    }
  }

  private void hold(Hold.Reason reason, String text) {
    d.record = d.record.with(new Hold(Hold.Scope.TRAFFIC, reason, route.name(), text, d.now));
  }

  /** The first write of a course: attach beside the other side, or everything at once. */
  private void enter(MoveRecord move) {
    switch (move.phase()) {
      case MovePhase.Returning _ -> enterReturn(move);
      case MovePhase.Building _, MovePhase.Syncing _ -> {}
      case MovePhase.Returned _ -> addRoute(move.serving());
      case MovePhase.Soak _, MovePhase.Drain _, MovePhase.Retiring _, MovePhase.Gone _ -> {
        if (move.losing().filter(l -> sides.side(l).isPresent()).isPresent()) {
          write(Course.ATTACH);
        } else {
          addRoute(move.to());
        }
      }
      case MovePhase.Attached _, MovePhase.Warm _, MovePhase.Stepping _ -> {
        boolean alone = move.from().filter(f -> sides.side(f).isPresent()).isEmpty();
        d.record = d.record.with(move.with(route.name(), new RouteMove(alone, new Waiting())));
        if (!alone) {
          write(Course.ATTACH);
        } else if (!(move.phase() instanceof MovePhase.Attached)) {
          advance(1);
        }
      }
    }
  }

  /** A route that came with a later commit goes to the serving cluster in one write. */
  private void addRoute(String serving) {
    if (sides.receiving().contains(serving)) {
      return;
    }
    d.record = d.record.with(move().with(route.name(), new RouteMove(true, new Waiting())));
    advance(1);
  }

  private void enterReturn(MoveRecord move) {
    String home = move.gaining();
    boolean untouched = move.losing().filter(l -> sides.side(l).isPresent()).isEmpty();
    if (untouched) {
      progress(new Judged(course().out(), d.now, d.now, "was never touched"));
      return;
    }
    // A group that no rule names is not probed: it is put back with weight 0 first.
    boolean probed = route instanceof DesiredRoute.Dns || sides.side(home).isPresent();
    write(probed ? 1 : Course.ATTACH);
  }

  private void advance(int step) {
    if (!move().route(route.name()).alone() && !mayBeginSteps()) {
      return;
    }
    write(step);
  }

  /**
   * Steps wait until every route is attached and home's size is known, also those of a route on
   * which a person accepted weights before that.
   */
  private boolean mayBeginSteps() {
    return switch (move().phase()) {
      case MovePhase.Building _, MovePhase.Syncing _, MovePhase.Attached _ -> false;
      case MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Drain _,
          MovePhase.Retiring _,
          MovePhase.Gone _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          true;
    };
  }

  private void write(int step) {
    Course course = course();
    RouteWrite write = new RouteWrite(d, route, seen, sides, course, step);
    if (write.inPlace()) {
      landedInPlace(write, step);
      return;
    }
    if (!new RouteGate(d, route, seen, sides, course, step).open()) {
      return;
    }
    write.plan().ifPresent(action -> intend(action, step));
  }

  /** The weights are there but no answer came: a listener rule is done, a change is asked again. */
  private void landedInPlace(RouteWrite write, int step) {
    switch (route) {
      case DesiredRoute.Alb _ ->
          progress(new Writing(step, d.now).written(d.now, Optional.empty()));
      case DesiredRoute.Dns _ -> {
        if (!new RouteGate(d, route, seen, sides, course(), step).held()) {
          write.again().ifPresent(action -> intend(action, step));
        }
      }
    }
  }

  private void intend(Action.TrafficWrite action, int step) {
    if (action.intended().allZero()) {
      throw new IllegalStateException("never all zero: " + action);
    }
    if (!d.act(action)) {
      return;
    }
    if (step >= 1 && move().phase() instanceof MovePhase.Warm warm) {
      MoveProgress.beginSteps(d, warm);
    }
    progress(new Writing(step, d.now));
    remember(d.record.route(route.name()).orElseThrow().intend(action.intended()));
  }

  private void settle(Settling s) {
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
    Course course = course();
    if (s.step() == Course.ATTACH) {
      progress(s.attached(effective.get()));
    } else if (course.judged() && s.step() < course.out()) {
      progress(s.effective(effective.get()));
    } else {
      progress(s.effective(effective.get()).judged(d.now, "effective: " + sides));
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
    progress(s.insync(d.now));
    return Optional.of(d.now.plus(ttl));
  }

  private void judge(Watching w) {
    Course course = course();
    Instant min = w.effectiveAt().plus(course.step(w.step()).dwellMin());
    if (d.now.isBefore(min)) {
      String sentence = "step %d (%d %%) is watched".formatted(w.step(), course.percent(w.step()));
      d.await(Wait.until(Wait.Kind.TIME, route.name(), sentence, min));
      return;
    }
    if (Readiness.sticky(seen)) {
      progress(w.judged(d.now, "stickiness is on: share of requests is shown, not judged"));
      return;
    }
    Check check = share(course, w.step());
    switch (check.verdict()) {
      case Verdict.Pass(String evidence) -> {
        d.require(check);
        progress(w.judged(d.now, evidence));
      }
      case Verdict.Fail(String evidence) -> {
        d.require(check);
        hold(Hold.Reason.SHARE_DISAGREES, evidence);
      }
      case Verdict.Unknown(String evidence) -> tooFew(w, course, check, evidence);
    }
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

  private void tooFew(Watching w, Course course, Check check, String evidence) {
    Instant max = w.effectiveAt().plus(course.step(w.step()).dwellMax());
    if (d.now.isBefore(max)) {
      d.require(check);
      d.await(Wait.until(Wait.Kind.TIME, route.name(), evidence, max));
      return;
    }
    boolean counted = d.observed.measured().get(route.name()) instanceof Known;
    boolean advance = counted && d.desired.move().onTooFewSamples() == MoveRules.TooFew.ADVANCE;
    if (advance) {
      progress(w.judged(d.now, "went on with too few samples, as configured: " + evidence));
    } else {
      d.require(check);
      hold(Hold.Reason.TOO_FEW_SAMPLES, evidence);
    }
  }

  private void judged(Judged j) {
    Course course = course();
    if (j.step() < course.last()) {
      advance(j.step() + 1);
    } else if (j.step() == course.last() && course.losing().isPresent() && takesOut()) {
      write(course.out());
    } else {
      leftover().ifPresent(cluster -> takeOut(cluster, j.step()));
    }
  }

  /** A cluster of ours without weight that is on the route although no move is about it. */
  private Optional<String> leftover() {
    MoveRecord move = move();
    return sides.of().keySet().stream()
        .filter(d.record.clusters()::containsKey)
        .filter(c -> sides.weight(c) == 0 && !c.equals(move.to()))
        .filter(c -> move.from().filter(c::equals).isEmpty())
        .findFirst();
  }

  /**
   * An old write put it back after it was taken out; as long as it is there it cannot be retired.
   */
  private void takeOut(String cluster, int reached) {
    Course course = course().without(cluster);
    int out = course.out();
    if (new RouteGate(d, route, seen, sides, course, out).open()) {
      new RouteWrite(d, route, seen, sides, course, out)
          .plan()
          .ifPresent(action -> intend(action, reached));
    }
  }

  private boolean takesOut() {
    return switch (move().phase()) {
      case MovePhase.Drain _, MovePhase.Returning _, MovePhase.Returned _ -> true;
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Retiring _,
          MovePhase.Gone _ ->
          false;
    };
  }
}
