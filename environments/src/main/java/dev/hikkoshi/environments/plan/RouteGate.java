package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a write of a route may happen now. Gaining share and going home ask different things. */
final class RouteGate {

  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;
  private final Course course;
  private final int step;
  private final RouteWrite write;
  private final MoveRecord move;

  RouteGate(RouteCase at, Course course, int step, RouteWrite write) {
    this.d = at.draft();
    this.route = at.route();
    this.seen = at.seen();
    this.sides = at.sides();
    this.course = course;
    this.step = step;
    this.write = write;
    this.move = at.move();
  }

  boolean open() {
    if (held()) {
      return false;
    }
    Set<String> gains = write.gains();
    if (goesHome()) {
      return !gains.contains(course.gaining()) || home();
    }
    if (d.stale.isPresent()) {
      d.await(Wait.Kind.BLOCKED, route.name(), d.stale.get());
      return false;
    }
    // A group is probed only once it is attached; a cluster's own load balancer always is.
    boolean early = step == Course.ATTACH && route instanceof DesiredRoute.Alb;
    boolean targets = early || d.require(targets());
    boolean other = course.losing().filter(gains::contains).map(this::stands).orElse(true);
    if (step >= course.out()) {
      return targets && other && (!gains.contains(course.gaining()) || ready());
    }
    boolean ready =
        (!d.toBeTakenOver(route) || TakeOver.ready(d, route, seen, sides))
            & ready()
            & other
            & d.require(Readiness.strangers(d, route, sides));
    return ready && targets && turn() && window() && (approved() & checked());
  }

  /**
   * A return is stopped only by what stops returns, everything else by any hold and by the freeze,
   * also where a write of the step was tried before.
   */
  boolean held() {
    if (d.frozen.isPresent() && !goesHome()) {
      return true;
    }
    boolean held =
        goesHome() ? d.record.holds().stream().anyMatch(Hold::stopsReturn) : d.record.trafficHeld();
    if (held) {
      d.await(Wait.Kind.BLOCKED, route.name(), "traffic is held");
    }
    return held;
  }

  private boolean goesHome() {
    return Course.goesHome(move, move.route(route.name()));
  }

  private boolean alone() {
    return move.route(route.name()).alone();
  }

  private boolean ready() {
    return d.require(Readiness.active(d, course.gaining()))
        & d.require(Readiness.releases(d, course.gaining()));
  }

  /** The losing side gains too when a third one gives way (see {@link RouteWrite#gains}). */
  private boolean stands(String losing) {
    return d.require(Readiness.homeCapacity(d, route, losing, 1));
  }

  /** Rule 10: home is as large as its share needs; nothing of the other side is asked. */
  private boolean home() {
    // Put back with weight 0 a moment ago: its targets have to be probed first.
    boolean probed =
        !(move.route(route.name()).progress() instanceof RouteProgress.Attached)
            || d.require(Readiness.targets(d, route, course.gaining()));
    if (move.capacityWaived()) {
      return probed;
    }
    Check capacity = HomeCapacity.of(d, route, course, step);
    if (capacity.verdict() instanceof Verdict.Fail(String evidence)) {
      d.record =
          d.record.with(
              new Hold(
                  Hold.Scope.TRAFFIC, Hold.Reason.HOME_TOO_SMALL, route.name(), evidence, d.now));
    } else if (capacity.passed()) {
      liftCapacity();
    }
    return d.require(capacity) && probed;
  }

  /** Home has grown again: the return it waited for goes on. */
  private void liftCapacity() {
    d.record.holds().stream()
        .filter(h -> h.reason() == Hold.Reason.HOME_TOO_SMALL)
        .filter(h -> h.subject().equals(route.name()))
        .forEach(h -> d.record = d.record.withoutHold(h));
  }

  private Check targets() {
    boolean firstRule = alone() && seen instanceof AlbRouteSeen alb && unprobed(alb);
    return firstRule
        ? Readiness.registered(d, route, course.gaining())
        : Readiness.targets(d, route, course.gaining());
  }

  private boolean unprobed(AlbRouteSeen alb) {
    return alb.groups().stream()
        .map(GroupWeight::groupArn)
        .noneMatch(Readiness.group(d, route, alb, course.gaining()).stream().toList()::contains);
  }

  /** Rule 7: checks that are asked before a step. */
  private boolean checked() {
    if (step <= Course.ATTACH || alone()) {
      return true;
    }
    List<RouteChecks.Found> found = RouteChecks.before(new RouteCase(d, route, seen, sides));
    found.stream().filter(f -> !f.check().blocking()).forEach(f -> d.note(f.shown(route.name())));
    return found.stream()
        .filter(f -> f.check().blocking())
        .map(f -> d.require(f.shown(route.name())))
        .reduce(true, Boolean::logicalAnd);
  }

  /** A step that names itself in the definition waits for a person who names it too. */
  private boolean approved() {
    if (step <= Course.ATTACH || alone() || step > course.last() || !course.step(step).approve()) {
      return true;
    }
    int percent = course.percent(step);
    if (move.approval(percent).isPresent()) {
      return true;
    }
    String sentence =
        "the step to %d %% waits for a person: hikkoshi approve %s --step %d --reason TEXT";
    d.await(
        Wait.Kind.APPROVAL,
        route.name(),
        sentence.formatted(percent, d.desired.environment(), percent));
    return false;
  }

  /** Together: nobody begins a step before all judged the one before. In order: one by one. */
  private boolean turn() {
    if (step <= Course.ATTACH || alone()) {
      return true;
    }
    Optional<String> other =
        switch (d.desired.move().routes()) {
          case MoveRules.Order.TOGETHER -> behind();
          case MoveRules.Order.IN_ORDER -> before();
        };
    other.ifPresent(
        name ->
            d.await(
                Wait.Kind.PROGRESS,
                route.name(),
                "step %d waits for route %s".formatted(step, name)));
    return other.isEmpty();
  }

  private Optional<String> behind() {
    return d.desired.routes().stream()
        .map(DesiredRoute::name)
        .filter(name -> !name.equals(route.name()) && !finished(name, step - 1))
        .findFirst();
  }

  private Optional<String> before() {
    return d.desired.routes().stream()
        .map(DesiredRoute::name)
        .takeWhile(name -> !name.equals(route.name()))
        .filter(name -> !finished(name, course.last()))
        .findFirst();
  }

  /** Finished that step, or went on from it: another route may begin its own in the same pass. */
  private boolean finished(String name, int k) {
    RouteMove other = move.route(name);
    if (other.alone()) {
      return true;
    }
    return switch (other.progress()) {
      case RouteProgress.Attached _ -> k <= Course.ATTACH;
      case RouteProgress.Judged j -> j.step() >= k;
      case RouteProgress.Waiting _ -> false;
      case RouteProgress.Writing w -> w.step() > k;
      case RouteProgress.Settling s -> s.step() > k;
      case RouteProgress.Watching w -> w.step() > k;
    };
  }

  private boolean window() {
    if (step < 1) {
      return true;
    }
    Optional<Instant> opens = Window.closedUntil(d.desired.windows(), d.now);
    opens.ifPresent(
        at ->
            d.await(Wait.until(Wait.Kind.WINDOW, route.name(), "no window is open to start", at)));
    return opens.isEmpty();
  }
}
