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
        d.note(new Check(CHECK, route.name(), verdict(rehearsal, route.name())));
      }
    }
  }

  /** Home gets a share with the first write, and not all of it. */
  private static boolean partly(MoveRecord back, String route) {
    RouteMove state = back.route(route);
    return state.progress() instanceof RouteProgress.Writing writing
        && Course.of(back, state).partial(writing.step());
  }

  private static Verdict verdict(Draft rehearsal, String route) {
    Optional<Action.TrafficWrite> write =
        rehearsal.writes().filter(w -> w.route().equals(route)).findFirst();
    if (write.isPresent() && partly(rehearsal.move().orElseThrow(), route)) {
      return Verdict.fail("by steps: " + write.get().why());
    }
    if (write.isPresent()) {
      return Verdict.pass("at once: " + write.get().why());
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
