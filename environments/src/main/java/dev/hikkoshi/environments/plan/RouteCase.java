package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;

/**
 * One route in one pass that has a move: what was seen, and what is remembered as it is decided.
 */
record RouteCase(Draft draft, DesiredRoute route, RouteSeen seen, Sides sides) {

  static RouteCase of(Draft d, DesiredRoute route, RouteSeen seen) {
    Sides sides = d.sides(route, seen);
    return new RouteCase(d, route, seen, sides);
  }

  MoveRecord move() {
    return draft.move().orElseThrow();
  }

  RouteMove state() {
    return move().route(route.name());
  }

  RouteProgress progress() {
    return state().progress();
  }

  void progress(RouteProgress next) {
    draft.record = draft.record.with(move().with(route.name(), next));
  }

  /** The controller is content with a step of the move: that stays in the journal. */
  void judged(RouteProgress.Judged next) {
    progress(next);
    int percent = course().percent(next.step());
    draft.log(
        "verdict on %s at %d %%: %s".formatted(route.name(), percent, next.evidence()),
        new Fact.Judged(route.name(), percent));
  }

  Course course() {
    return Course.of(move(), state());
  }

  void hold(Hold.Reason reason, String text) {
    draft.record =
        draft.record.with(new Hold(Hold.Scope.TRAFFIC, reason, route.name(), text, draft.now));
  }
}
