package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress.Lasting;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way of one route: who gains, who loses, in which steps. Our two sides always sum to 100, so
 * that percent is exact within Route 53's 255 and ELB's 999.
 */
record Course(String gaining, Optional<String> losing, List<Step> steps, boolean judged) {

  static final int ATTACH = 0;
  private static final int WHOLE = 100;
  private static final List<Step> AT_ONCE = List.of(new Step(WHOLE, Duration.ZERO, Duration.ZERO));

  static Course of(MoveRecord move, RouteMove route) {
    if (route.alone()) {
      return new Course(move.gaining(), Optional.empty(), AT_ONCE, false);
    }
    return goesHome(move, route)
        ? new Course(
            move.from().orElse(move.to()), move.from().map(_ -> move.to()), Step.HOMEWARDS, false)
        : new Course(move.to(), move.from(), move.steps(), true);
  }

  /** On its way home, or home and kept there. */
  static boolean goesHome(MoveRecord move, RouteMove route) {
    return move.returning() || move.phase() instanceof MovePhase.Returned && !route.alone();
  }

  /** Whether it leads home: by as much at a time as home carries, and watched by nobody. */
  boolean homeward() {
    return steps.equals(Step.HOMEWARDS);
  }

  /** The same gaining side, whose whole course is to take another out. */
  Course without(String other) {
    return new Course(gaining, Optional.of(other), AT_ONCE, false);
  }

  /** The step that gives everything. */
  int last() {
    return steps.size();
  }

  /** A step on which the other side keeps a share. */
  boolean partial(int k) {
    return k > ATTACH && k < last();
  }

  /** The step that takes the other side out. */
  int out() {
    return steps.size() + 1;
  }

  Step step(int k) {
    return steps.get(k - 1);
  }

  int percent(int k) {
    return k == ATTACH ? 0 : k > last() ? WHOLE : step(k).percent();
  }

  /** The gaining side's share of all traffic after step {@code k}, strangers counted. */
  double share(int k, Sides now) {
    return target(k, now, "", "").share(gaining);
  }

  /**
   * All sides after step {@code k}; strangers stay as they are, and an external side stays with
   * weight 0, because it is not ours to take out.
   *
   * @param gainingEnd where the gaining side leads
   * @param losingEnd where the losing side leads
   */
  Sides target(int k, Sides now, String gainingEnd, String losingEnd) {
    int percent = percent(k);
    Sides next = now.with(gaining, percent, gainingEnd);
    if (losing.isEmpty()) {
      return next;
    }
    boolean stays = losing.get().equals(External.SIDE);
    return k >= out() && !stays
        ? next.without(losing.get())
        : next.with(losing.get(), WHOLE - percent, losingEnd);
  }

  /** The step that lasts and has share to look at; none before the first and after the last. */
  Optional<Lasting> lasting(RouteMove route) {
    return route.progress().lasting().filter(l -> l.step() > ATTACH && l.step() <= last());
  }

  /** The furthest step whose share these weights have reached. */
  int reached(Sides sides) {
    int ours = sides.weight(gaining) + losing.map(sides::weight).orElse(0);
    if (ours == 0) {
      return ATTACH;
    }
    double percent = 100.0 * sides.weight(gaining) / ours;
    int k = ATTACH;
    while (k < last() && step(k + 1).percent() <= percent + 1e-9) {
      k++;
    }
    return k;
  }
}
