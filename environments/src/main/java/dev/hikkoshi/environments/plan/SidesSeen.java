package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the sides of a route from what AWS holds. */
final class SidesSeen {

  /** Types that carry traffic; others of the same name (TXT, MX, CAA) are none of our business. */
  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  private SidesSeen() {}

  static Sides of(RouteSeen seen, Set<String> clusters) {
    return switch (seen) {
      case DnsRouteSeen dns -> ofRecords(dns, clusters);
      case AlbRouteSeen alb -> ofGroups(alb);
    };
  }

  /**
   * All types of a set identifier are one side. Where they disagree, the odd one becomes a side of
   * its own, so that the whole never equals what we wrote. So does a record without an identifier.
   */
  private static Sides ofRecords(DnsRouteSeen dns, Set<String> clusters) {
    Sides sides = Sides.none();
    for (RecordSeen record : dns.records()) {
      if (!TRAFFIC.contains(record.type())) {
        continue;
      }
      String name = record.setIdentifier().orElse("(simple " + record.type() + ")");
      int weight = record.weight().orElse(1);
      String target =
          clusters.contains(name) ? record.alias().map(AliasSeen::dnsName).orElse("") : "";
      Sides.Side side = new Sides.Side(weight, target);
      boolean agrees = sides.side(name).map(side::equals).orElse(true);
      sides = sides.with(agrees ? name : name + " " + record.type(), weight, target);
    }
    return sides;
  }

  private static Sides ofGroups(AlbRouteSeen alb) {
    Map<String, String> clusterByGroup =
        alb.ours().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (a, _) -> a));
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
