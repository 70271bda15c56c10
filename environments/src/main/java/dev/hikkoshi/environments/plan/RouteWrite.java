package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rule 3: the one write that brings a route to a step, both sides together. */
final class RouteWrite {

  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;
  private final Course course;
  private final int step;

  RouteWrite(Draft d, DesiredRoute route, RouteSeen seen, Sides sides, Course course, int step) {
    this.d = d;
    this.route = route;
    this.seen = seen;
    this.sides = sides;
    this.course = course;
    this.step = step;
  }

  /** The weights are already those of the step. */
  boolean inPlace() {
    return target(end(course.gaining()).orElse(""), losingEnd().orElse("")).equals(sides);
  }

  /** The write, or nothing (and a wait) while it is not known where a side leads. */
  Optional<Action.TrafficWrite> plan() {
    Optional<String> gainingEnd = end(course.gaining());
    Optional<String> losingEnd = losingEnd();
    boolean losingStays = course.losing().isPresent() && step < course.out();
    if (gainingEnd.isEmpty() || (losingStays && losingEnd.isEmpty())) {
      d.await(Wait.Kind.PROGRESS, route.name(), "a side has no load balancer or group yet");
      return Optional.empty();
    }
    return action(target(gainingEnd.get(), losingEnd.orElse("")), why());
  }

  /** The same records again: their change id tells when every server has them. */
  Optional<Action.TrafficWrite> again() {
    return action(sides, "the answer was lost; written again to learn when every server has it");
  }

  private Sides target(String gainingEnd, String losingEnd) {
    return course.target(step, sides, gainingEnd, losingEnd);
  }

  private Optional<String> losingEnd() {
    return course.losing().flatMap(this::end);
  }

  /** What is on the route stays what it is; only a side that is not there is looked up. */
  private Optional<String> end(String cluster) {
    return sides
        .side(cluster)
        .map(Sides.Side::target)
        .or(() -> Readiness.end(d, route, cluster).known());
  }

  private String why() {
    String change = "%s: %s becomes %s".formatted(route.name(), sides, course.gaining());
    if (step == Course.ATTACH) {
      return change + " attached with weight 0";
    }
    if (step >= course.out() && !course.losing().equals(Optional.of(External.SIDE))) {
      return "%s: %s is taken out".formatted(route.name(), course.losing().orElse(""));
    }
    return change + " " + course.percent(step) + " %";
  }

  private Optional<Action.TrafficWrite> action(Sides target, String why) {
    return switch (route) {
      case DesiredRoute.Dns dns -> records(dns, (DnsRouteSeen) seen, target, why);
      case DesiredRoute.Alb alb ->
          Optional.of(
              new Action.WriteRule(
                  alb.name(), alb, (AlbRouteSeen) seen, weights(target), sides, target, why));
    };
  }

  private List<GroupWeight> weights(Sides target) {
    return target.of().entrySet().stream()
        .map(
            e ->
                new GroupWeight(
                    e.getValue().target().isEmpty() ? e.getKey() : e.getValue().target(),
                    e.getValue().weight()))
        .toList();
  }

  private Optional<Action.TrafficWrite> records(
      DesiredRoute.Dns dns, DnsRouteSeen now, Sides target, String why) {
    Set<String> ours =
        Stream.concat(Stream.of(course.gaining()), course.losing().stream())
            .collect(Collectors.toSet());
    List<RecordSeen> deletes =
        now.records().stream()
            .filter(SidesSeen::traffic)
            .filter(r -> SidesSeen.side(r, dns.external()).filter(ours::contains).isPresent())
            .toList();
    List<RecordSeen> creates = new ArrayList<>();
    for (Map.Entry<String, Sides.Side> side : target.of().entrySet()) {
      if (!ours.contains(side.getKey())) {
        continue;
      }
      List<RecordSeen> there =
          deletes.stream()
              .filter(
                  r -> SidesSeen.side(r, dns.external()).filter(side.getKey()::equals).isPresent())
              .map(r -> weighted(r, side.getValue().weight()))
              .toList();
      if (!there.isEmpty()) {
        creates.addAll(there);
        continue;
      }
      Observation<AliasSeen> alias =
          Readiness.balancer(d, side.getValue().target())
              .map(b -> new AliasSeen(b.canonicalZoneId(), b.dnsName(), true));
      if (alias.known().isEmpty()) {
        d.await(Wait.Kind.UNKNOWN, route.name(), "load balancer of " + side.getKey() + " not seen");
        return Optional.empty();
      }
      creates.add(fresh(dns, side.getKey(), side.getValue().weight(), alias.known().get()));
    }
    return Optional.of(
        new Action.WriteRecords(
            dns.name(), dns, now.zoneId(), deletes, creates, sides, target, why));
  }

  private static RecordSeen weighted(RecordSeen r, int weight) {
    return new RecordSeen(
        r.name(),
        r.type(),
        // A simple record cannot stay beside weighted ones of its name and type.
        r.setIdentifier().or(() -> Optional.of(External.SIDE)),
        OptionalInt.of(weight),
        r.policy(),
        r.alias(),
        r.ttl(),
        r.values(),
        r.healthCheckId());
  }

  static RecordSeen fresh(DesiredRoute.Dns dns, String cluster, int weight, AliasSeen alias) {
    return new RecordSeen(
        dns.record(),
        "A",
        Optional.of(cluster),
        OptionalInt.of(weight),
        Optional.empty(),
        Optional.of(alias),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
