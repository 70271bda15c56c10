package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Where the routes of a draft lead, and their sides by that. A dozen rules ask for it in every
 * pass; it is read again only once other clusters are remembered, for all else that it is made of
 * stays the same as long as the draft does.
 */
final class RouteEnds {

  private final Draft d;
  private final Map<String, Ends> ends = new HashMap<>();
  private final Map<RouteSeen, Sides> sides = new IdentityHashMap<>();

  /** What was read is right for these. */
  private SortedMap<String, ClusterRecord> clusters;

  RouteEnds(Draft d) {
    this.d = d;
    this.clusters = d.record.clusters();
  }

  Ends of(DesiredRoute route) {
    forgetOthers();
    return ends.computeIfAbsent(route.name(), _ -> Ends.of(d, route));
  }

  Sides sides(DesiredRoute route, RouteSeen seen) {
    Ends leading = of(route);
    return sides.computeIfAbsent(seen, _ -> SidesSeen.of(seen, clusters.keySet(), leading));
  }

  private void forgetOthers() {
    if (clusters == d.record.clusters()) {
      return;
    }
    clusters = d.record.clusters();
    ends.clear();
    sides.clear();
  }
}
