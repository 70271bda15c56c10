package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the sides of a route from what AWS holds. */
final class SidesSeen {

  /** Types that carry traffic; others of the same name (TXT, MX, CAA) are none of our business. */
  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  private SidesSeen() {}

  static Sides of(RouteSeen seen, Set<String> clusters, Optional<External> external) {
    return switch (seen) {
      case DnsRouteSeen dns -> ofRecords(dns, clusters, external);
      case AlbRouteSeen alb -> ofGroups(alb, external);
    };
  }

  /** The side that a record belongs to, whatever its identifier; empty for one without any. */
  static Optional<String> side(RecordSeen record, Optional<External> external) {
    return external.filter(e -> leadsTo(record, e)).isPresent()
        ? Optional.of(External.SIDE)
        : record.setIdentifier();
  }

  private static boolean leadsTo(RecordSeen record, External external) {
    return record.alias().filter(a -> a.dnsName().equals(external.target())).isPresent()
        || record.values().stream().anyMatch(value -> plain(value).equals(external.target()));
  }

  private static String plain(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /**
   * All types of a set identifier are one side. Where they disagree, the odd one becomes a side of
   * its own, so that the whole never equals what we wrote. So does a record without an identifier.
   */
  private static Sides ofRecords(
      DnsRouteSeen dns, Set<String> clusters, Optional<External> external) {
    Sides sides = Sides.none();
    for (RecordSeen record : dns.records()) {
      if (!TRAFFIC.contains(record.type())) {
        continue;
      }
      String name = side(record, external).orElse("(simple " + record.type() + ")");
      int weight = record.weight().orElse(1);
      String target = target(record, name, clusters, external);
      Sides.Side side = new Sides.Side(weight, target);
      boolean agrees = sides.side(name).map(side::equals).orElse(true);
      sides = sides.with(agrees ? name : name + " " + record.type(), weight, target);
    }
    return sides;
  }

  private static String target(
      RecordSeen record, String name, Set<String> clusters, Optional<External> external) {
    if (name.equals(External.SIDE)) {
      return external.map(External::target).orElse("");
    }
    return clusters.contains(name) ? record.alias().map(AliasSeen::dnsName).orElse("") : "";
  }

  private static Sides ofGroups(AlbRouteSeen alb, Optional<External> external) {
    Map<String, String> clusterByGroup = new HashMap<>();
    external.ifPresent(e -> clusterByGroup.put(e.target(), External.SIDE));
    new TreeMap<>(alb.ours())
        .forEach((cluster, group) -> clusterByGroup.putIfAbsent(group, cluster));
    Sides sides = Sides.none();
    for (GroupWeight group : alb.groups()) {
      String cluster = clusterByGroup.get(group.groupArn());
      sides =
          cluster != null
              ? sides.with(cluster, group.weight(), group.groupArn())
              : sides.with(group.groupArn(), group.weight(), "");
    }
    return sides;
  }

  static boolean traffic(RecordSeen record) {
    return TRAFFIC.contains(record.type());
  }
}
