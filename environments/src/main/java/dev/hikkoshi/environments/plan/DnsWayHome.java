package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.record.WayHome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One {@code change-resource-record-sets}: every record of ours gets a fixed weight by UPSERT, home
 * everything. A DELETE would have to know the weights of the instant at which it is typed.
 */
final class DnsWayHome {

  private static final int WHOLE = 100;

  private final Draft d;
  private final DesiredRoute.Dns route;
  private final DnsRouteSeen seen;
  private final String home;
  private final Ends ends;

  DnsWayHome(Draft d, DesiredRoute.Dns route, DnsRouteSeen seen, String home) {
    this.d = d;
    this.route = route;
    this.seen = seen;
    this.home = home;
    this.ends = d.ends(route);
  }

  /** Empty while home is alone on the name, or while it is not known where home leads. */
  Optional<WayHome> way(Optional<Action.WriteRecords> next) {
    Map<String, RecordSeen> ours = new TreeMap<>();
    Stream.concat(next.stream().flatMap(w -> w.creates().stream()), seen.records().stream())
        .filter(SidesSeen::traffic)
        // A simple record is replaced by the very write that moves the first traffic away.
        .filter(r -> r.setIdentifier().isPresent() && side(r).filter(this::ours).isPresent())
        .forEach(r -> ours.put(r.setIdentifier().orElseThrow() + " " + r.type(), r));
    boolean alone = ours.values().stream().allMatch(r -> side(r).filter(home::equals).isPresent());
    if (alone) {
      return Optional.empty();
    }
    boolean homeIsThere =
        ours.values().stream().anyMatch(r -> side(r).filter(home::equals).isPresent());
    if (!homeIsThere) {
      Optional<AliasSeen> alias = alias();
      if (alias.isEmpty()) {
        return Optional.empty();
      }
      RouteWrite.fresh(route, home, WHOLE, alias.get(), List.copyOf(ours.values()))
          .forEach(r -> ours.put(home + " " + r.type(), r));
    }
    List<Map<String, Object>> changes = ours.values().stream().map(this::upsert).toList();
    Map<String, Object> batch = new LinkedHashMap<>();
    batch.put("Comment", "home to " + home);
    batch.put("Changes", changes);
    return Optional.of(
        new WayHome(
            home,
            route.role(),
            List.of(
                ShellText.of(
                    List.of(
                        "aws",
                        "route53",
                        "change-resource-record-sets",
                        "--hosted-zone-id",
                        seen.zoneId(),
                        "--change-batch",
                        JsonText.of(batch))))));
  }

  private Optional<String> side(RecordSeen r) {
    return SidesSeen.side(r, ends);
  }

  private boolean ours(String identifier) {
    return identifier.equals(home) || d.record.clusters().containsKey(identifier);
  }

  private Optional<AliasSeen> alias() {
    return Readiness.end(d, route, home)
        .flatMap(name -> Readiness.balancer(d, name))
        .map(b -> new AliasSeen(b.canonicalZoneId(), b.dnsName(), true))
        .known();
  }

  private Map<String, Object> upsert(RecordSeen r) {
    boolean isHome = side(r).filter(home::equals).isPresent();
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("Action", "UPSERT");
    change.put("ResourceRecordSet", recordSet(r, OptionalInt.of(isHome ? WHOLE : 0)));
    return change;
  }

  private static Map<String, Object> recordSet(RecordSeen r, OptionalInt weight) {
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("Name", r.name());
    set.put("Type", r.type());
    r.setIdentifier().ifPresent(id -> set.put("SetIdentifier", id));
    weight.ifPresent(w -> set.put("Weight", w));
    r.ttl().ifPresent(ttl -> set.put("TTL", ttl));
    if (!r.values().isEmpty()) {
      set.put("ResourceRecords", r.values().stream().map(value -> Map.of("Value", value)).toList());
    }
    r.alias()
        .ifPresent(
            a -> {
              Map<String, Object> target = new LinkedHashMap<>();
              target.put("HostedZoneId", a.hostedZoneId());
              target.put("DNSName", a.dnsName());
              target.put("EvaluateTargetHealth", a.evaluateTargetHealth());
              set.put("AliasTarget", target);
            });
    r.healthCheckId().ifPresent(id -> set.put("HealthCheckId", id));
    return set;
  }
}
