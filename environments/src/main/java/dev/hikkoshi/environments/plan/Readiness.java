package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupHealth;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rule 2 and 6: what must be true before a side gains share. */
final class Readiness {

  private Readiness() {}

  /** Every release synced and healthy at the app digest. */
  static Check releases(Draft d, String cluster) {
    Verdict verdict =
        switch (d.inside(cluster)) {
          case Unknown<InsideSeen>(_, String why) -> Verdict.unknown(why);
          case Known<InsideSeen>(InsideSeen inside) ->
              d.desired.apps().releases().stream()
                  .map(wanted -> missing(inside.releases(), wanted))
                  .flatMap(Optional::stream)
                  .findFirst()
                  .map(Verdict::fail)
                  .orElseGet(
                      () ->
                          Verdict.pass(
                              d.desired.apps().releases().size() + " releases synced and healthy"));
        };
    return new Check("releases-ready", cluster, verdict);
  }

  private static Optional<String> missing(Map<ReleaseId, ReleaseSeen> seen, WantedRelease wanted) {
    ReleaseSeen release = seen.get(wanted.id());
    if (release == null) {
      return Optional.of(wanted.id() + " was not looked at");
    }
    if (!release.synced()) {
      return Optional.of(wanted.id() + " is not synced");
    }
    return switch (release.health()) {
      case InsideSeen.Health.Healthy _ -> Optional.empty();
      case InsideSeen.Health.Progressing(String why) -> Optional.of(wanted.id() + ": " + why);
      case InsideSeen.Health.Failing(String why) -> Optional.of(wanted.id() + ": " + why);
      case InsideSeen.Health.Missing _ -> Optional.of(wanted.id() + " has nothing deployed");
    };
  }

  /** The cluster and what hangs on it are as EKS calls good. */
  static Check active(Draft d, String cluster) {
    Verdict verdict =
        d.cluster(cluster)
            .map(
                seen ->
                    switch (seen.status()) {
                      case ACTIVE, UPDATING -> Verdict.pass(seen.status().name());
                      case CREATING, PENDING, FAILED, DELETING ->
                          Verdict.fail(seen.status() + issues(seen));
                    })
            .orElseGet(
                () ->
                    d.absent(cluster)
                        ? Verdict.fail("EKS does not have it")
                        : Verdict.unknown("clusters could not be listed"));
    return new Check("cluster-active", cluster, verdict);
  }

  private static String issues(ClusterSeen seen) {
    return seen.issues().isEmpty() ? "" : ": " + String.join("; ", seen.issues());
  }

  /** Enough healthy targets behind a side of a route. */
  static Check targets(Draft d, DesiredRoute route, String cluster) {
    return new Check("targets-healthy", route.name(), targetsVerdict(d, route, cluster));
  }

  private static Verdict targetsVerdict(Draft d, DesiredRoute route, String cluster) {
    return switch (health(d, route, cluster)) {
      case Unknown<GroupHealth>(_, String why) -> Verdict.unknown(cluster + ": " + why);
      case Known<GroupHealth>(GroupHealth h) -> {
        String counts =
            "%s: %d healthy, %d unhealthy, %d initial, %d unused"
                .formatted(cluster, h.healthy(), h.unhealthy(), h.initial(), h.unused());
        boolean enough = h.healthy() > 0 && h.initial() == 0 && h.unhealthy() * 10 <= h.healthy();
        yield enough ? Verdict.pass(counts) : Verdict.fail(counts);
      }
    };
  }

  /** Health of the targets of one side. */
  static Observation<GroupHealth> health(Draft d, DesiredRoute route, String cluster) {
    return switch (route) {
      case DesiredRoute.Dns _ ->
          end(d, route, cluster).flatMap(dns -> balancer(d, dns)).flatMap(Readiness::taking);
      case DesiredRoute.Alb _ ->
          d.route(route.name())
              .flatMap(
                  seen -> {
                    Optional<String> group = group(d, route, seen, cluster);
                    if (group.isEmpty() || !(seen instanceof AlbRouteSeen alb)) {
                      return Observation.unknown("group of " + cluster, "no target group yet");
                    }
                    GroupHealth h = alb.health().get(group.get());
                    return h != null
                        ? Observation.known(h)
                        : Observation.unknown("group of " + cluster, "its health was not read");
                  });
    };
  }

  /** A side's target group, as far as the route knows it. */
  static Optional<String> group(Draft d, DesiredRoute route, RouteSeen seen, String side) {
    if (side.equals(External.SIDE)) {
      return route.external().map(External::target);
    }
    if (!(seen instanceof AlbRouteSeen alb)) {
      return Optional.empty();
    }
    return d.adopted(side)
        ? theirs(d, route, alb, side)
        : Optional.ofNullable(alb.ours().get(side));
  }

  /** The group of a cluster that was there before: on the rule, or as remembered from it. */
  private static Optional<String> theirs(
      Draft d, DesiredRoute route, AlbRouteSeen seen, String side) {
    return d.sides(route, seen)
        .side(side)
        .map(Sides.Side::target)
        .or(() -> d.record.cluster(side).map(c -> c.ends().get(route.name())));
  }

  private static Observation<GroupHealth> taking(BalancerSeen balancer) {
    return balancer.active()
        ? Observation.known(balancer.targets())
        : Observation.unknown(balancer.dnsName(), "the load balancer is not active yet");
  }

  static Observation<BalancerSeen> balancer(Draft d, String dnsName) {
    Observation<BalancerSeen> seen = d.observed.balancers().get(dnsName);
    return seen != null
        ? seen
        : Observation.unknown("load balancer " + dnsName, "there is none of that name");
  }

  /** Where a cluster's side of a route leads: as on the route, as inside it, or as remembered. */
  static Observation<String> end(Draft d, DesiredRoute route, String cluster) {
    return switch (route) {
      case DesiredRoute.Alb _ ->
          d.route(route.name())
              .flatMap(
                  seen ->
                      group(d, route, seen, cluster)
                          .map(Observation::known)
                          .orElseGet(
                              () ->
                                  Observation.unknown(
                                      "group of " + cluster, "no target group yet")));
      case DesiredRoute.Dns _ -> dnsEnd(d, route, cluster);
    };
  }

  private static Observation<String> dnsEnd(Draft d, DesiredRoute route, String cluster) {
    Optional<String> inside =
        d.backend(cluster, route.name()).known().flatMap(BackendSeen::loadBalancer);
    Optional<String> onRoute =
        d.sides(route)
            .known()
            .flatMap(s -> s.side(cluster))
            .map(Sides.Side::target)
            .filter(t -> !t.isEmpty());
    Optional<String> remembered = d.record.cluster(cluster).map(c -> c.ends().get(route.name()));
    return inside
        .or(() -> onRoute)
        .or(() -> remembered)
        .map(Observation::known)
        .orElseGet(
            () -> Observation.unknown("load balancer of " + cluster, "its Ingress has none yet"));
  }

  /** Registered, whatever their health: before the first rule exists nobody probes. */
  static Check registered(Draft d, DesiredRoute route, String cluster) {
    Verdict verdict =
        switch (health(d, route, cluster)) {
          case Unknown<GroupHealth>(_, String why) -> Verdict.unknown(cluster + ": " + why);
          case Known<GroupHealth>(GroupHealth h) ->
              h.healthy() + h.unused() + h.initial() > 0
                  ? Verdict.pass(h.total() + " targets registered")
                  : Verdict.fail(cluster + ": no target is registered");
        };
    return new Check("targets-registered", route.name(), verdict);
  }

  /** Rule 6 on the way home: as many ready pods, or healthy targets, as when the move began. */
  static Check homeCapacity(Draft d, DesiredRoute route, String home, int needed) {
    return homeCapacity(d, route, home, needed, "");
  }

  /**
   * The same for a part of the route.
   *
   * @param part what the pods are needed for, as a sentence ends with it; empty for the whole
   */
  static Check homeCapacity(Draft d, DesiredRoute route, String home, int needed, String part) {
    if (home.equals(External.SIDE) && route instanceof DesiredRoute.Dns) {
      String owners = "outside of clusters, its size is its owner's";
      return new Check("home-capacity", route.name(), Verdict.pass(owners));
    }
    Optional<Integer> pods = d.backend(home, route.name()).known().map(BackendSeen::readyPods);
    Optional<Integer> targets = health(d, route, home).known().map(h -> h.healthy() + h.unused());
    String has = number(pods) + " ready pods and " + number(targets) + " targets";
    String evidence = home + " has " + has + ", " + needed + " are needed" + part;
    Verdict verdict;
    if (pods.isPresent()) {
      verdict = pods.get() >= needed ? Verdict.pass(evidence) : Verdict.fail(evidence);
    } else if (targets.isPresent()) {
      verdict = targets.get() >= needed ? Verdict.pass(evidence) : Verdict.fail(evidence);
    } else {
      verdict = Verdict.unknown(evidence);
    }
    return new Check("home-capacity", route.name(), verdict);
  }

  private static String number(Optional<Integer> count) {
    return count.map(Object::toString).orElse("unknown");
  }

  /** Rule 1: every side that is not ours is declared. */
  static Check strangers(Draft d, DesiredRoute route, Sides sides) {
    Set<String> ours = d.record.clusters().keySet();
    Optional<String> undeclared =
        sides.of().keySet().stream()
            .filter(s -> !ours.contains(s) && !route.strangers().contains(s))
            .filter(s -> !s.equals(External.SIDE) || route.external().isEmpty())
            .findFirst();
    Verdict verdict =
        undeclared
            .map(s -> Verdict.fail(s + " is on the route; declare it in strangers or remove it"))
            .orElseGet(() -> Verdict.pass("every side is ours or declared: " + sides));
    return new Check("strangers", route.name(), verdict);
  }

  /** Marks the type of a route for messages. */
  static boolean sticky(RouteSeen seen) {
    return seen instanceof AlbRouteSeen alb && !alb.stickiness().isZero();
  }
}
