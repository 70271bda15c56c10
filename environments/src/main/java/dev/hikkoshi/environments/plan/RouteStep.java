package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress.Writing;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RouteRecord;
import java.util.Optional;

/** One step of a course: through its gate into the plan, and remembered as intended. */
final class RouteStep {

  private final RouteCase at;
  private final Draft d;
  private final DesiredRoute route;
  private final int step;
  private final RouteWrite write;
  private final RouteGate gate;

  RouteStep(RouteCase at, Course course, int step) {
    this.at = at;
    this.d = at.draft();
    this.route = at.route();
    this.step = step;
    this.write = new RouteWrite(d, route, at.seen(), at.sides(), course, step);
    this.gate = new RouteGate(at, course, step, write);
  }

  /** The weights are already those of the step. */
  boolean inPlace() {
    return write.inPlace();
  }

  void plan() {
    if (inPlace()) {
      landedInPlace();
    } else {
      planAt(step);
    }
  }

  /** Plans it for a route that has reached another step of its own course. */
  void planAt(int reached) {
    if (gate.open()) {
      write.plan().ifPresent(action -> intend(action, reached));
    }
  }

  /** The weights are there but no answer came: a listener rule is done, a change is asked again. */
  private void landedInPlace() {
    switch (route) {
      case DesiredRoute.Alb _ ->
          at.progress(new Writing(step, d.now).written(d.now, Optional.empty()));
      case DesiredRoute.Dns _ -> {
        if (!gate.held()) {
          write.again().ifPresent(action -> intend(action, step));
        }
      }
    }
  }

  private void intend(Action.TrafficWrite action, int reached) {
    if (action.intended().allZero()) {
      throw new IllegalStateException("never all zero: " + action);
    }
    if (!d.act(action)) {
      return;
    }
    if (reached >= 1 && at.move().phase() instanceof MovePhase.Warm warm) {
      MoveProgress.beginSteps(d, warm);
    }
    begin(reached);
    RouteRecord known = d.record.route(route.name()).orElseThrow();
    if (known.lastWritten().isEmpty()) {
      known = known.now(at.sides());
      d.log(
          "%s is taken over as it is: %s".formatted(route.name(), at.sides()),
          new Fact.Known(Fact.Weights.of(route.name(), Sides.none(), at.sides())));
    }
    d.record = d.record.with(known.intend(action.intended(), d.now));
  }

  private void begin(int reached) {
    RouteMove state = at.state().with(at.progress().writing(reached, d.now));
    boolean whole = at.course().judged() && reached == at.course().last();
    d.record = d.record.with(at.move().with(route.name(), whole ? state.whole(d.now) : state));
  }
}
