package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What belongs to a side because of where it leads, whatever it is called: the external side of a
 * route, and clusters that were there before, whose records and groups somebody else named.
 *
 * @param sides by target: a target group's ARN or a DNS name
 */
record Ends(Map<String, String> sides) {

  private static final String DUALSTACK = "dualstack.";

  Ends {
    sides = Map.copyOf(sides);
  }

  static Ends of(Draft d, DesiredRoute route) {
    Map<String, String> sides = new HashMap<>();
    for (ClusterRecord cluster : d.record.clusters().values()) {
      if (cluster.adopted().isPresent() && cluster.life().exists()) {
        ends(d, route, cluster).forEach(end -> sides.put(plain(route, end), cluster.name()));
      }
    }
    route.external().ifPresent(e -> sides.put(plain(route, e.target()), External.SIDE));
    return new Ends(sides);
  }

  /** What was on the route for it, and what leads to it now. */
  private static List<String> ends(Draft d, DesiredRoute route, ClusterRecord cluster) {
    List<String> ends = new ArrayList<>();
    Optional.ofNullable(cluster.ends().get(route.name())).ifPresent(ends::add);
    Optional<BackendSeen> backend = d.backend(cluster.name(), route.name()).known();
    switch (route) {
      case DesiredRoute.Dns _ -> backend.flatMap(BackendSeen::loadBalancer).ifPresent(ends::add);
      case DesiredRoute.Alb _ -> backend.ifPresent(b -> ends.addAll(b.fed()));
    }
    return ends;
  }

  private static String plain(DesiredRoute route, String end) {
    return route instanceof DesiredRoute.Dns ? plain(end) : end;
  }

  static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return bare.startsWith(DUALSTACK) ? bare.substring(DUALSTACK.length()) : bare;
  }

  /** The side that a target group is. */
  Optional<String> side(String group) {
    return Optional.ofNullable(sides.get(group));
  }

  /** The side that a record leads to. */
  Optional<String> side(RecordSeen record) {
    return target(record).map(sides::get);
  }

  /** Where a record leads, if that makes it a side. */
  Optional<String> target(RecordSeen record) {
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    return record
        .alias()
        .map(AliasSeen::dnsName)
        .filter(sides::containsKey)
        .or(() -> record.values().stream().map(Ends::plain).filter(sides::containsKey).findFirst());
  }
}
