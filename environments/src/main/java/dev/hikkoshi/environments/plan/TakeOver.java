package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.outside.OwnerMarks;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a route that leads to an adopted cluster can be taken over by its first write, with every
 * share as it is: nobody else writes it, and it leads where the definition says.
 */
final class TakeOver {

  private static final int WHOLE = 100;

  private final Draft d;
  private final DesiredRoute route;
  private final Sides sides;
  private final String cluster;

  private TakeOver(Draft d, DesiredRoute route, Sides sides, String cluster) {
    this.d = d;
    this.route = route;
    this.sides = sides;
    this.cluster = cluster;
  }

  /** Notes every check of one route. */
  static boolean ready(Draft d, DesiredRoute route, RouteSeen seen, Sides sides) {
    List<Check> checks = checks(d, route, seen, sides);
    checks.forEach(d::require);
    return checks.stream().allMatch(Check::passed);
  }

  /** The same for all routes that were never written; what is in the way is told elsewhere. */
  static boolean everyRoute(Draft d) {
    return d.desired.routes().stream()
        .filter(d::toBeTakenOver)
        .allMatch(
            route ->
                d.route(route.name())
                    .knownAnd(
                        seen ->
                            checks(d, route, seen, RouteCase.of(d, route, seen).sides()).stream()
                                .allMatch(Check::passed)));
  }

  private static List<Check> checks(Draft d, DesiredRoute route, RouteSeen seen, Sides sides) {
    TakeOver over = new TakeOver(d, route, sides, d.adopted().orElseThrow());
    Stream<Check> own =
        switch (seen) {
          case DnsRouteSeen dns -> Stream.of(over.plain(dns), over.unmarked(dns));
          case AlbRouteSeen alb -> Stream.of(over.uncontrolled(alb));
        };
    return Stream.concat(own, Stream.of(over.leads(), over.keeps())).toList();
  }

  private Check check(String name, Verdict verdict) {
    return new Check(name, route.name(), verdict);
  }

  /** Something leads to the cluster, or there is nothing yet. */
  private Check leads() {
    if (sides.of().isEmpty()) {
      return check("leads-home", Verdict.pass("there is nothing yet; a move makes it"));
    }
    if (sides.side(cluster).isPresent()) {
      return check("leads-home", Verdict.pass("%s: %s".formatted(cluster, sides)));
    }
    Observation<BackendSeen> backend = d.backend(cluster, route.name());
    Verdict verdict =
        switch (backend) {
          case Unknown<BackendSeen>(String what, String why) -> Verdict.unknown(what + ": " + why);
          case Known<BackendSeen>(BackendSeen b) ->
              Verdict.fail(
                  "%s, and none of it leads to %s, whose end is %s"
                      .formatted(sides, cluster, end(b)));
        };
    return check("leads-home", verdict);
  }

  private String end(BackendSeen backend) {
    return switch (route) {
      case DesiredRoute.Dns _ ->
          backend.loadBalancer().orElse("not there: its Ingress has no load balancer");
      case DesiredRoute.Alb _ ->
          backend.fed().isEmpty()
              ? "not there: no TargetGroupBinding of its Service"
              : backend.fed().stream().sorted().collect(Collectors.joining(" or "));
    };
  }

  /** Our two sides sum to 100; beside others that keeps shares only if the cluster has 100 now. */
  private Check keeps() {
    int others = sides.total() - sides.weight(cluster);
    boolean kept = sides.side(cluster).isEmpty() || others == 0 || sides.weight(cluster) == WHOLE;
    Verdict verdict =
        kept
            ? Verdict.pass("shares stay as they are: " + sides)
            : Verdict.fail(
                "%s: multiply all weights so that %s has 100, which changes no share; 1 %% of less cannot be written"
                    .formatted(sides, cluster));
    return check("share-kept", verdict);
  }

  /** Route 53 takes no weighted set beside one of another policy. */
  private Check plain(DnsRouteSeen seen) {
    Optional<RecordSeen> other =
        seen.records().stream()
            .filter(SidesSeen::traffic)
            .filter(r -> r.policy().isPresent())
            .findFirst();
    Verdict verdict =
        other
            .map(
                r ->
                    Verdict.fail(
                        "the %s record %s is of the policy %s: make it simple or weighted"
                            .formatted(
                                r.type(), r.setIdentifier().orElse(""), r.policy().orElse(""))))
            .orElseGet(() -> Verdict.pass("every record is simple or weighted"));
    return check("plain-records", verdict);
  }

  /** external-dns writes what it calls its own, and deletes it when nobody asks for it any more. */
  private Check unmarked(DnsRouteSeen seen) {
    Observation<List<OwnerMark>> marks = d.observed.marks().get(route.name());
    Verdict verdict =
        switch (marks) {
          case null -> Verdict.unknown("marks of external-dns were not looked for yet");
          case Unknown<List<OwnerMark>>(String what, String why) ->
              Verdict.unknown("%s could not be listed: %s".formatted(what, why));
          case Known<List<OwnerMark>>(List<OwnerMark> all) -> {
            List<OwnerMark> ours = all.stream().filter(m -> concerns(m, seen)).toList();
            yield ours.isEmpty()
                ? Verdict.pass("external-dns does not call it its own")
                : Verdict.fail(OwnerMarks.letGo(ours));
          }
        };
    return check("not-external-dns", verdict);
  }

  /** Marks of strangers' own records are theirs. */
  private boolean concerns(OwnerMark mark, DnsRouteSeen seen) {
    Ends ends = d.ends(route);
    return mark.setIdentifier().isEmpty()
        || seen.records().stream()
            .filter(r -> ends.side(r).filter(cluster::equals).isPresent())
            .anyMatch(r -> r.setIdentifier().equals(mark.setIdentifier()));
  }

  /** A controller writes its rules again as its objects say, and removes what it does not know. */
  private Check uncontrolled(AlbRouteSeen seen) {
    Verdict verdict =
        seen.controller()
            .map(
                by ->
                    Verdict.fail(
                        ("the rule is a load balancer controller's (%s) and it would undo every weight."
                                + " Either make it a dns route with this Ingress as its backend, one"
                                + " load balancer for each cluster; or make a load balancer, a rule and"
                                + " a target group outside of the cluster, feed the group by a"
                                + " TargetGroupBinding of the Service, and lead the name there")
                            .formatted(by)))
            .orElseGet(() -> Verdict.pass("no controller's tags are on it"));
    return check("not-a-controllers", verdict);
  }
}
