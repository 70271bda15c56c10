package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.RouteProgress;

/**
 * One route in a move.
 *
 * @param alone there is no other side of ours on the route: the first write gives everything
 */
public record RouteMove(boolean alone, RouteProgress progress) {

  /** Nothing was done on the route yet. */
  public static RouteMove waiting() {
    return new RouteMove(false, new RouteProgress.Waiting());
  }

  public RouteMove with(RouteProgress next) {
    return new RouteMove(alone, next);
  }
}
