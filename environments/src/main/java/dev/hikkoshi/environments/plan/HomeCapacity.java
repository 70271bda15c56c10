package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.Set;

/**
 * Rule 10: how much of a route home can carry. All of it with as many ready pods as when the move
 * began, else that part of it which its pods are of those.
 */
final class HomeCapacity {

  private static final int WHOLE = 100;
  private static final double ROUNDED = 1e-9;

  private HomeCapacity() {}

  /** Whether home has the pods for a step of its course. */
  static Check of(Draft d, DesiredRoute route, Course course, int step) {
    int all = Math.max(1, d.move().orElseThrow().homePods().getOrDefault(route.name(), 1));
    int needed = Math.ceilDiv(all * course.percent(step), WHOLE);
    String part = course.partial(step) ? " for " + course.percent(step) + " %" : "";
    return Readiness.homeCapacity(d, route, course.gaining(), Math.max(1, needed), part);
  }

  /**
   * The step with which a return goes on: the furthest one that home can carry, and never one that
   * would give share to what is left. Where home carries no more, the next one, which its gate then
   * holds.
   */
  static int next(Draft d, DesiredRoute route, Course course, Sides sides) {
    MoveRecord move = d.move().orElseThrow();
    int least = least(course, sides, d.record.clusters().keySet());
    for (int k = course.last(); k > least; k--) {
      if (move.capacityWaived() || of(d, route, course, k).passed()) {
        return k;
      }
    }
    return least;
  }

  /** What a third cluster has goes home too, else what is left would gain by its going. */
  private static int least(Course course, Sides sides, Set<String> clusters) {
    int ours =
        sides.of().keySet().stream()
            .filter(side -> clusters.contains(side) || course.gaining().equals(side))
            .mapToInt(sides::weight)
            .sum();
    double away = ours == 0 ? 0 : course.losing().map(sides::weight).orElse(0) / (double) ours;
    int k = Course.ATTACH + 1;
    while (k < course.last() && course.percent(k) <= WHOLE * (1 - away) + ROUNDED) {
      k++;
    }
    return k;
  }
}
