package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.plan.Questions;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at routes: what they hold, what goes over them, and what still points at their ends. */
final class RouteLooks {

  private final Gateways gateways;

  RouteLooks(Gateways gateways) {
    this.gateways = gateways;
  }

  Observation<RouteSeen> route(Desired desired, String name) {
    return switch (desired.route(name).orElseThrow()) {
      case DesiredRoute.Dns dns ->
          gateways.dns().route(dns.zone(), dns.record()).map(seen -> (RouteSeen) seen);
      case DesiredRoute.Alb alb ->
          gateways.balancers().route(alb.rule()).map(seen -> (RouteSeen) seen);
    };
  }

  Observation<List<OwnerMark>> marks(Desired desired, String name) {
    return switch (desired.route(name).orElseThrow()) {
      case DesiredRoute.Dns dns ->
          gateways
              .dns()
              .marks(
                  dns.zone(),
                  dns.record(),
                  "ingress/%s/%s".formatted(dns.backend().namespace(), dns.backend().name()));
      case DesiredRoute.Alb _ -> Observation.known(List.of());
    };
  }

  Observation<Boolean> change(Desired desired, String route, String id) {
    return switch (desired.route(route).orElseThrow()) {
      case DesiredRoute.Dns dns -> gateways.dns().insync(dns.zone(), id);
      case DesiredRoute.Alb _ -> Observation.unknown("change " + id, "not a DNS route");
    };
  }

  Observation<Measured> measure(
      Desired desired, EnvironmentRecord record, String name, Span window) {
    Map<String, String> clusterByEnd = new HashMap<>();
    for (ClusterRecord cluster : record.clusters().values()) {
      if (cluster.ends().containsKey(name)) {
        clusterByEnd.put(cluster.ends().get(name), cluster.name());
      }
    }
    desired
        .route(name)
        .flatMap(DesiredRoute::external)
        .ifPresent(outside -> clusterByEnd.put(outside.target(), External.SIDE));
    return switch (desired.route(name).orElseThrow()) {
      case DesiredRoute.Dns dns ->
          gateways
              .dns()
              .sample(dns.zone(), dns.record(), clusterByEnd, desired.measuring().dnsAnswers());
      case DesiredRoute.Alb alb ->
          gateways.balancers().groupRequests(alb.rule(), clusterByEnd, window.from(), window.to());
    };
  }

  Observation<Measured> drained(
      Desired desired,
      EnvironmentRecord record,
      Questions ask,
      String name,
      Span window,
      Map<String, Observation<BalancerSeen>> balancers) {
    String old = ask.drainedCluster().orElse("");
    Optional<String> end = record.cluster(old).map(c -> c.ends().get(name));
    if (end.isEmpty()) {
      return Observation.unknown("requests of " + old, "nothing of it was ever on the route");
    }
    return switch (desired.route(name).orElseThrow()) {
      case DesiredRoute.Alb alb ->
          gateways
              .balancers()
              .groupRequests(alb.rule(), Map.of(end.get(), old), window.from(), window.to());
      case DesiredRoute.Dns _ -> {
        Observation<BalancerSeen> balancer = balancers.get(end.get());
        yield balancer == null
            ? Observation.unknown("requests of " + end.get(), "there is no such load balancer")
            : balancer.flatMap(
                b ->
                    gateways
                        .balancers()
                        .balancerRequests(Map.of(b.arn(), old), window.from(), window.to()));
      }
    };
  }

  Observation<List<Reference>> references(Questions ask, Map<String, String> ends) {
    Set<String> groups = new HashSet<>();
    Set<String> names = new HashSet<>();
    ends.forEach((route, end) -> (end.startsWith("arn:") ? groups : names).add(end));
    Observation<List<Reference>> records =
        names.isEmpty()
            ? Observation.known(List.of())
            : gateways.dns().references(ask.roles(), names);
    Observation<List<Reference>> actions =
        gateways.balancers().references(ask.roles(), groups, names);
    return records.flatMap(
        a ->
            actions.map(
                b -> {
                  List<Reference> all = new ArrayList<>(a);
                  all.addAll(b);
                  return List.copyOf(all);
                }));
  }
}
