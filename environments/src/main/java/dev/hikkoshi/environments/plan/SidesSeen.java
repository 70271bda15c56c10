package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the sides of a route from what AWS holds. */
final class SidesSeen {

  /** Types that carry traffic; others of the same name (TXT, MX, CAA) are none of our business. */
  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  private SidesSeen() {}

  static Sides of(RouteSeen seen, Set<String> clusters, Ends ends) {
    return switch (seen) {
      case DnsRouteSeen dns -> ofRecords(dns, clusters, ends);
      case AlbRouteSeen alb -> ofGroups(alb, ends);
    };
  }

  /** The side that a record belongs to; empty for one that leads nowhere known and has no name. */
  static Optional<String> side(RecordSeen record, Ends ends) {
    return ends.side(record).or(record::setIdentifier);
  }

  /**
   * All types of a side are one. Where they disagree, or where one type is there twice, the odd one
   * becomes a side of its own, so that the whole never equals what we wrote. So does a record
   * without an identifier.
   */
  private static Sides ofRecords(DnsRouteSeen dns, Set<String> clusters, Ends ends) {
    SortedMap<String, Sides.Side> sides = new TreeMap<>();
    Set<String> types = new HashSet<>();
    for (RecordSeen record : dns.records()) {
      if (!TRAFFIC.contains(record.type())) {
        continue;
      }
      String name = side(record, ends).orElse("(simple " + record.type() + ")");
      int weight = record.weight().orElse(1);
      String target = target(record, name, clusters, ends);
      Sides.Side side = new Sides.Side(weight, target);
      boolean agrees =
          types.add(name + " " + record.type()) && sides.getOrDefault(name, side).equals(side);
      sides.put(agrees ? name : odd(name, record), side);
    }
    return new Sides(sides);
  }

  private static String odd(String name, RecordSeen record) {
    return "%s %s %s".formatted(name, record.type(), record.setIdentifier().orElse("")).strip();
  }

  private static String target(RecordSeen record, String name, Set<String> clusters, Ends ends) {
    Optional<String> known = ends.target(record);
    if (known.isPresent()) {
      return known.get();
    }
    return clusters.contains(name)
        ? record
            .alias()
            .map(AliasSeen::dnsName)
            .or(() -> record.values().stream().map(Ends::plain).findFirst())
            .orElse("")
        : "";
  }

  /** A side has one group; another that leads to it as well is a stranger's. */
  private static Sides ofGroups(AlbRouteSeen alb, Ends ends) {
    Map<String, String> clusterByGroup = new HashMap<>();
    new TreeMap<>(alb.ours())
        .forEach((cluster, group) -> clusterByGroup.putIfAbsent(group, cluster));
    SortedMap<String, Sides.Side> sides = new TreeMap<>();
    for (GroupWeight group : alb.groups()) {
      String arn = group.groupArn();
      String cluster = ends.side(arn).orElse(clusterByGroup.get(arn));
      if (cluster != null && !sides.containsKey(cluster)) {
        sides.put(cluster, new Sides.Side(group.weight(), arn));
      } else {
        sides.put(arn, new Sides.Side(group.weight(), ""));
      }
    }
    return new Sides(sides);
  }

  static boolean traffic(RecordSeen record) {
    return TRAFFIC.contains(record.type());
  }
}
