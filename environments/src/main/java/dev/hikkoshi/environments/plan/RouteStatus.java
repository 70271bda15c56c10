package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.util.Optional;

/**
 * Where one route stands, for people: nothing is decided from it.
 *
 * @param sides all sides as AWS has them; empty when they could not be read
 * @param gaining the cluster whose share grows, or that serves; empty text without a move
 * @param step of {@code steps}; 0 while attached with weight 0, -1 before
 * @param wantedShare of all traffic for the gaining side at that step, 0 to 1
 */
public record RouteStatus(
    String name,
    Optional<Sides> sides,
    String gaining,
    int step,
    int steps,
    double wantedShare,
    RouteProgress progress) {

  static RouteStatus of(Draft d, DesiredRoute route) {
    Optional<Sides> sides = d.sides(route).known();
    if (d.move().isEmpty()) {
      return new RouteStatus(route.name(), sides, "", -1, 0, 0, new RouteProgress.Waiting());
    }
    MoveRecord move = d.move().get();
    RouteMove state = move.route(route.name());
    Course course = Course.of(move, state);
    int step = Math.min(state.progress().step(), course.last());
    double wanted = step < 0 ? 0 : course.share(step, sides.orElse(Sides.none()));
    return new RouteStatus(
        route.name(), sides, course.gaining(), step, course.last(), wanted, state.progress());
  }
}
