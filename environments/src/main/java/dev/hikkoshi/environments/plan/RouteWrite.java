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

  private static final String CNAME = "CNAME";
  private static final Set<String> ADDRESSES = Set.of("A", "AAAA");

  private final Draft d;
  private final DesiredRoute route;
  private final RouteSeen seen;
  private final Sides sides;
  private final Course course;
  private final int step;
  private final List<String> thirds;

  RouteWrite(Draft d, DesiredRoute route, RouteSeen seen, Sides sides, Course course, int step) {
    this.d = d;
    this.route = route;
    this.seen = seen;
    this.sides = sides;
    this.course = course;
    this.step = step;
    this.thirds = thirds(d, sides, course);
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

  /**
   * Sides that have a larger share afterwards: the gaining one as a rule, and both where a third
   * gives way. Whoever gains has to be ready.
   */
  Set<String> gains() {
    Sides next = target("", "");
    return next.of().keySet().stream()
        .filter(side -> next.share(side) > sides.share(side))
        .collect(Collectors.toSet());
  }

  /** The same records again: their change id tells when every server has them. */
  Optional<Action.TrafficWrite> again() {
    return action(sides, "the answer was lost; written again to learn when every server has it");
  }

  private Sides target(String gainingEnd, String losingEnd) {
    if (step == Course.ATTACH && d.move().orElseThrow().returning() && !thirds.isEmpty()) {
      // Home is put back; a third gives way to it with the next write, not to what is left.
      return sides.with(course.gaining(), 0, gainingEnd);
    }
    Sides next = course.target(step, sides, gainingEnd, losingEnd);
    for (String third : thirds) {
      next = next.with(third, 0, sides.side(third).orElseThrow().target());
    }
    return next;
  }

  /**
   * Clusters of ours that have weight and no part in the move: a given-up one whose record came
   * back with an old write, and got weight from somebody whose weights were then accepted. They
   * give way with the next write; else steps were percent of another whole (rules 1 and 15).
   */
  private static List<String> thirds(Draft d, Sides sides, Course course) {
    return sides.receiving().stream()
        .filter(d.record.clusters()::containsKey)
        .filter(side -> !side.equals(course.gaining()))
        .filter(side -> course.losing().filter(side::equals).isEmpty())
        .toList();
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
    String share = change + " " + course.percent(step) + " %";
    boolean partly = course.homeward() && course.partial(step);
    return partly ? share + ", which is what its pods can carry" : share;
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
    Ends ends = d.ends(dns);
    Set<String> ours =
        Stream.of(Stream.of(course.gaining()), course.losing().stream(), thirds.stream())
            .flatMap(clusters -> clusters)
            .collect(Collectors.toSet());
    List<RecordSeen> deletes =
        now.records().stream()
            .filter(SidesSeen::traffic)
            .filter(r -> SidesSeen.side(r, ends).filter(ours::contains).isPresent())
            .toList();
    Map<String, List<RecordSeen>> there =
        deletes.stream().collect(Collectors.groupingBy(r -> SidesSeen.side(r, ends).orElseThrow()));
    List<RecordSeen> creates = new ArrayList<>();
    for (Map.Entry<String, Sides.Side> side : target.of().entrySet()) {
      if (!ours.contains(side.getKey())) {
        continue;
      }
      int weight = side.getValue().weight();
      if (there.containsKey(side.getKey())) {
        there.get(side.getKey()).forEach(r -> creates.add(weighted(r, weight, side.getKey())));
        continue;
      }
      Observation<AliasSeen> alias =
          Readiness.balancer(d, side.getValue().target())
              .map(b -> new AliasSeen(b.canonicalZoneId(), b.dnsName(), true));
      if (alias.known().isEmpty()) {
        d.await(Wait.Kind.UNKNOWN, route.name(), "load balancer of " + side.getKey() + " not seen");
        return Optional.empty();
      }
      creates.addAll(fresh(dns, side.getKey(), weight, alias.known().get(), deletes));
    }
    return Optional.of(
        new Action.WriteRecords(
            dns.name(), dns, now.zoneId(), deletes, creates, sides, target, why));
  }

  private static RecordSeen weighted(RecordSeen r, int weight, String side) {
    return new RecordSeen(
        r.name(),
        r.type(),
        // A simple record cannot stay beside weighted ones of its name and type.
        r.setIdentifier().or(() -> Optional.of(side)),
        OptionalInt.of(weight),
        r.policy(),
        r.alias(),
        r.ttl(),
        r.values(),
        r.healthCheckId());
  }

  /**
   * A side's records, of every type that the other side has: who asks for addresses of one kind
   * must find all sides, and a name that is a CNAME can be nothing else.
   */
  static List<RecordSeen> fresh(
      DesiredRoute.Dns dns, String cluster, int weight, AliasSeen alias, List<RecordSeen> beside) {
    Optional<RecordSeen> cname = beside.stream().filter(r -> r.type().equals(CNAME)).findFirst();
    if (cname.isPresent()) {
      return List.of(
          new RecordSeen(
              dns.record(),
              CNAME,
              Optional.of(cluster),
              OptionalInt.of(weight),
              Optional.empty(),
              Optional.empty(),
              cname.get().ttl(),
              List.of(alias.dnsName()),
              Optional.empty()));
    }
    List<String> types =
        beside.stream()
            .map(RecordSeen::type)
            .filter(ADDRESSES::contains)
            .distinct()
            .sorted()
            .toList();
    return (types.isEmpty() ? List.of("A") : types)
        .stream()
            .map(
                type ->
                    new RecordSeen(
                        dns.record(),
                        type,
                        Optional.of(cluster),
                        OptionalInt.of(weight),
                        Optional.empty(),
                        Optional.of(alias),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()))
            .toList();
  }
}
