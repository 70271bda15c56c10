package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.stream.Stream;

/**
 * A cluster that somebody deleted. As a home it is none: no return begins to it; one that is on its
 * way has nowhere to go, and whether all traffic then belongs to the side that it leaves is a
 * person's to say.
 */
final class LostCluster {

  private LostCluster() {}

  /**
   * EKS has it no more, and nothing answers behind it on any route: a return would begin and never
   * end. One that only lost its tags still answers.
   */
  static boolean is(Draft d, String home) {
    return !home.equals(External.SIDE)
        && d.absent(home)
        && d.desired.routes().stream()
            .noneMatch(route -> Readiness.homeCapacity(d, route, home, 1).passed());
  }

  /** Holds a return that has nowhere to go, and lifts that again once home answers. */
  static void look(Draft d) {
    if (!(d.observed.clusters() instanceof Known)) {
      return;
    }
    d.move().filter(move -> nowhere(d, move)).ifPresentOrElse(move -> hold(d, move), () -> lift(d));
  }

  private static boolean nowhere(Draft d, MoveRecord move) {
    return move.returning()
        && touched(d, move.to())
        && move.from().filter(home -> is(d, home)).isPresent();
  }

  private static void hold(Draft d, MoveRecord move) {
    String home = move.from().orElseThrow();
    String text =
        "%s is gone: EKS does not have it, and nothing answers behind it on any route; once resumed, all traffic goes to %s and the move is over"
            .formatted(home, move.to());
    d.record =
        d.record.with(new Hold(Hold.Scope.TRAFFIC, Hold.Reason.HOME_GONE, home, text, d.now));
  }

  private static void lift(Draft d) {
    d.record.holds().stream()
        .filter(h -> h.reason() == Hold.Reason.HOME_GONE)
        .forEach(h -> d.record = d.record.withoutHold(h));
  }

  /** Whether it was put on any route: from one where it is not the return ends at once. */
  private static boolean touched(Draft d, String left) {
    return d.record.routes().values().stream()
        .filter(route -> d.desired.route(route.name()).isPresent())
        .flatMap(route -> Stream.concat(route.lastWritten().stream(), route.intended().stream()))
        .anyMatch(sides -> sides.side(left).isPresent());
  }
}
