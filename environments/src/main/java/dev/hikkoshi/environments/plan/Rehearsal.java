package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.util.Optional;

/**
 * Rule 10: every pass of a move rehearses its return, with the code that would make it: does each
 * route's write home come at once, were it asked for now? Nothing waits for the answer; it is
 * shown, counted and alerted on, so that nobody learns in an incident that there is no way back.
 */
public final class Rehearsal {

  /** Name of the check, one for each route. */
  public static final String CHECK = "return-ready";

  private Rehearsal() {}

  static void note(Draft d) {
    if (d.move().isEmpty()) {
      return;
    }
    GoHome asked = new GoHome("nobody", "a rehearsal", d.now);
    if (asked.refusal(d.record).isPresent()) {
      return;
    }
    EnvironmentRecord asIf = asked.on(d.record);
    Draft rehearsal = new Draft(d.desired, d.stale, d.observed, asIf, d.now);
    RouteWork.plan(rehearsal);
    for (DesiredRoute route : d.desired.routes()) {
      if (!rehearsal.move().orElseThrow().route(route.name()).alone()) {
        d.note(new Check(CHECK, route.name(), verdict(rehearsal, route)));
      }
    }
  }

  /** There is a first write; whether all comes with it, or with the one right after it. */
  private static Verdict comes(Draft rehearsal, DesiredRoute route, String why) {
    MoveRecord back = rehearsal.move().orElseThrow();
    RouteMove state = back.route(route.name());
    Course course = Course.of(back, state);
    if (!(state.progress() instanceof RouteProgress.Writing(int step, _, _))) {
      return Verdict.pass("at once: " + why);
    }
    if (course.partial(step)) {
      return Verdict.fail("by steps: " + why);
    }
    // Home is put back without weight first: that it has no pods would be met only then.
    Verdict capacity = HomeCapacity.of(rehearsal, route, course, course.last()).verdict();
    boolean carried = step > Course.ATTACH || capacity instanceof Verdict.Pass;
    return carried ? Verdict.pass("at once: " + why) : capacity;
  }

  private static Verdict verdict(Draft rehearsal, DesiredRoute desired) {
    String route = desired.name();
    Optional<Action.TrafficWrite> write =
        rehearsal.writes().filter(w -> w.route().equals(route)).findFirst();
    if (write.isPresent()) {
      return comes(rehearsal, desired, write.get().why());
    }
    String key = Action.TrafficWrite.key(route);
    return rehearsal
        .waits()
        .filter(w -> w.subject().equals(route) || w.subject().equals(key))
        .findFirst()
        .map(
            w ->
                w.kind() == Wait.Kind.UNKNOWN
                    ? Verdict.unknown(w.sentence())
                    : Verdict.fail(w.sentence()))
        .orElseGet(() -> Verdict.pass("nothing is away from home"));
  }
}
