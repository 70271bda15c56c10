package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.RouteProgress;
import java.time.Instant;
import java.util.Optional;

/**
 * One route in a move.
 *
 * @param alone there is no other side of ours on the route: the first write gives everything
 * @param whole when the write began that gives everything; until then the old side has traffic that
 *     the new one can be held against
 * @param judged what the checks of the definition said so far; empty before any was asked
 */
public record RouteMove(
    boolean alone, RouteProgress progress, Optional<Instant> whole, Optional<Judging> judged) {

  private static final RouteMove WAITING = new RouteMove(false, new RouteProgress.Waiting());

  /** Nothing was judged yet. */
  public RouteMove(boolean alone, RouteProgress progress) {
    this(alone, progress, Optional.empty(), Optional.empty());
  }

  /** Nothing was done on the route yet. */
  public static RouteMove waiting() {
    return WAITING;
  }

  public RouteMove with(RouteProgress next) {
    return new RouteMove(alone, next, whole, judged);
  }

  public RouteMove with(Judging next) {
    return new RouteMove(alone, progress, whole, Optional.of(next));
  }

  /** Everything is about to be given. */
  public RouteMove whole(Instant at) {
    return new RouteMove(alone, progress, Optional.of(at), judged);
  }

  /** What the checks said so far. */
  public Judging judging() {
    return judged.orElseGet(Judging::nothing);
  }
}
