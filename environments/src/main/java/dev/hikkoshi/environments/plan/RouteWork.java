package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress.Attached;
import dev.hikkoshi.environments.move.RouteProgress.Judged;
import dev.hikkoshi.environments.move.RouteProgress.Settling;
import dev.hikkoshi.environments.move.RouteProgress.Waiting;
import dev.hikkoshi.environments.move.RouteProgress.Watching;
import dev.hikkoshi.environments.move.RouteProgress.Writing;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RouteRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One route in one pass: how far it is, and the next write (rules 1 to 6, 10). */
final class RouteWork {

  private final RouteCase at;
  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;

  private RouteWork(RouteCase at) {
    this.at = at;
    this.d = at.draft();
    this.route = at.route();
    this.seen = at.seen();
    this.sides = at.sides();
  }

  static void plan(Draft d) {
    letGo(d);
    List<RouteWork> known = new ArrayList<>();
    for (DesiredRoute route : d.desired.routes()) {
      switch (d.route(route.name())) {
        case Unknown<RouteSeen>(String what, String why) ->
            d.await(Wait.Kind.UNKNOWN, route.name(), what + " could not be read: " + why);
        case Known<RouteSeen>(RouteSeen seen) ->
            known.add(new RouteWork(RouteCase.of(d, route, seen)));
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
    if (d.move().isEmpty() || !new RouteWeights(at).recognise()) {
      return false;
    }
    new RouteChecks(at).noteApps();
    if (fellOff()) {
      d.log(route.name() + " has lost " + at.course().gaining() + ": it is attached again");
      at.progress(new Waiting());
    }
    switch (at.progress()) {
      case Settling s -> new RouteJudge(at).settle(s);
      case Watching w -> new RouteJudge(at).judge(w);
      case Judged _ -> new RouteJudge(at).stand();
      case Writing w -> {
        if (!new RouteStep(at, at.course(), w.step()).inPlace()) {
          new RouteJudge(at).stand();
        }
      }
      case Waiting _, Attached _ -> {}
    }
    return true;
  }

  /**
   * The gaining side is gone from the route although it was put there: weights of somebody else
   * were accepted, or an old write arrived late. There is nothing to go on from.
   */
  private boolean fellOff() {
    boolean wasThere =
        switch (at.progress()) {
          case Attached _, Settling _, Watching _ -> true;
          case Judged j -> j.step() < at.course().out();
          case Waiting _, Writing _ -> false;
        };
    return wasThere && sides.side(at.course().gaining()).isEmpty();
  }

  /** The next write, if it is time for one. */
  private void act() {
    MoveRecord move = at.move();
    switch (move.route(route.name()).progress()) {
      case Waiting _ -> enter(move);
      case Writing w -> {
        if (d.sure(route.name())) {
          write(written(w.step()));
        }
      }
      case Attached _ -> advance(after(Course.ATTACH));
      case Judged j -> judged(j);
      case Settling _, Watching _ -> {}
    }
  }

  /** The first write of a course: attach beside the other side, or everything at once. */
  private void enter(MoveRecord move) {
    switch (move.phase()) {
      case MovePhase.Returning _ -> enterReturn(move);
      case MovePhase.Building _, MovePhase.Syncing _ -> {}
      case MovePhase.Returned _ -> added(move.serving());
      case MovePhase.Soak _, MovePhase.Drain _, MovePhase.Retiring _, MovePhase.Gone _ -> {
        if (move.losing().filter(l -> sides.side(l).isPresent()).isPresent()) {
          boolean attached = sides.side(move.to()).isPresent();
          write(over() && attached ? at.course().out() : Course.ATTACH);
        } else {
          added(move.to());
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

  /** Where there is no old cluster any more nobody gains by steps. */
  private boolean over() {
    return at.move().phase() instanceof MovePhase.Gone;
  }

  /** A route of an adopted cluster stays as it is until there is something to move. */
  private void added(String serving) {
    if (d.adopted(serving) && d.toBeTakenOver(route)) {
      TakeOver.ready(d, route, seen, sides);
    } else {
      addRoute(serving);
    }
  }

  /** A route that came with a later commit goes to the serving cluster in one write. */
  private void addRoute(String serving) {
    if (sides.receiving().contains(serving)) {
      leftover().ifPresent(cluster -> takeOut(cluster, at.course().out()));
      return;
    }
    d.record = d.record.with(at.move().with(route.name(), new RouteMove(true, new Waiting())));
    advance(1);
  }

  private void enterReturn(MoveRecord move) {
    String home = move.gaining();
    boolean untouched = move.losing().filter(l -> sides.side(l).isPresent()).isEmpty();
    if (untouched) {
      at.progress(new Judged(at.course().out(), d.now, d.now, "was never touched"));
      return;
    }
    // A group that no rule names is not probed: it is put back with weight 0 first.
    boolean probed = route instanceof DesiredRoute.Dns || sides.side(home).isPresent();
    write(probed ? after(Course.ATTACH) : Course.ATTACH);
  }

  /** The step that follows one; on the way home as many at once as home can carry. */
  private int after(int step) {
    Course course = at.course();
    if (over()) {
      return course.out();
    }
    return course.homeward() ? HomeCapacity.next(d, route, course, sides) : step + 1;
  }

  /** A write homewards that is not there yet is made for home as it is now. */
  private int written(int step) {
    Course course = at.course();
    boolean again =
        course.homeward()
            && step > Course.ATTACH
            && step < course.out()
            && !new RouteStep(at, course, step).inPlace();
    return again ? after(step) : step;
  }

  private void advance(int step) {
    if (!at.state().alone() && !mayBeginSteps()) {
      return;
    }
    write(step);
  }

  /**
   * Steps wait until every route is attached and home's size is known, also those of a route on
   * which a person accepted weights before that.
   */
  private boolean mayBeginSteps() {
    return switch (at.move().phase()) {
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
    new RouteStep(at, at.course(), step).plan();
  }

  private void judged(Judged j) {
    Course course = at.course();
    if (j.step() < course.last()) {
      if (d.sure(route.name())) {
        advance(after(j.step()));
      }
    } else if (j.step() == course.last() && course.losing().isPresent() && takesOut()) {
      if (d.sure(route.name())) {
        write(course.out());
      }
    } else {
      leftover().or(() -> hidden(j)).ifPresent(cluster -> takeOut(cluster, j.step()));
    }
  }

  /** A cluster of ours that is on the route although no move is about it. */
  private Optional<String> leftover() {
    MoveRecord move = at.move();
    return sides.of().keySet().stream()
        .filter(d.record.clusters()::containsKey)
        .filter(c -> !c.equals(move.to()))
        .filter(c -> move.from().filter(c::equals).isEmpty())
        .findFirst();
  }

  /** The side that was left is there all the same: an old answer had said that it was not. */
  private Optional<String> hidden(Judged j) {
    return at.course()
        .losing()
        .filter(_ -> j.step() >= at.course().out() && takesOut())
        .filter(losing -> !losing.equals(External.SIDE) && sides.side(losing).isPresent());
  }

  /**
   * An old write put it back after it was taken out, or somebody whose weights were then accepted;
   * as long as it is there it cannot be retired.
   */
  private void takeOut(String cluster, int reached) {
    Course course = at.course().without(cluster);
    new RouteStep(at, course, course.out()).planAt(reached);
  }

  private boolean takesOut() {
    return switch (at.move().phase()) {
      // After the drain only somebody else can have put it back, and then it goes out again.
      case MovePhase.Drain _,
          MovePhase.Retiring _,
          MovePhase.Gone _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          true;
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _ ->
          false;
    };
  }
}
