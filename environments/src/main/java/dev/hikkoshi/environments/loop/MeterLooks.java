package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.plan.Questions.Span;
import dev.hikkoshi.environments.port.MetricsGateway;
import dev.hikkoshi.environments.port.MetricsGateway.Side;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.util.Map;
import java.util.Optional;

/** Asks providers of metrics about one side of a route. */
record MeterLooks(
    MetricsGateway metrics,
    Desired desired,
    EnvironmentRecord record,
    Map<String, Observation<RouteSeen>> routes,
    Map<String, Observation<BalancerSeen>> balancers) {

  Observation<Readings> read(Meter meter, Span span) {
    MoveCheck check =
        desired.move().checks().stream()
            .filter(c -> c.name().equals(meter.check()))
            .findFirst()
            .orElseThrow();
    DesiredRoute route = desired.route(meter.route()).orElseThrow();
    Window window = new Window(span.from(), span.to(), desired.measuring().metricPeriod());
    return metrics.read(check.measure(), side(route, meter.side()), window);
  }

  private Side side(DesiredRoute route, String name) {
    Optional<String> end =
        name.equals(External.SIDE)
            ? route.external().map(External::target)
            : record.cluster(name).map(c -> c.ends().get(route.name()));
    return switch (route) {
      case DesiredRoute.Alb alb -> side(route, name, alb.backend().namespace(), shared(route), end);
      case DesiredRoute.Dns dns ->
          side(route, name, dns.backend().namespace(), end.flatMap(this::own), Optional.empty());
    };
  }

  private Side side(
      DesiredRoute route,
      String cluster,
      String namespace,
      Optional<String> balancer,
      Optional<String> group) {
    return new Side(
        desired.environment(), route.name(), cluster, namespace, balancer, group, route.role());
  }

  /** The load balancer of a rule. */
  private Optional<String> shared(DesiredRoute route) {
    Observation<RouteSeen> seen = routes.get(route.name());
    return Optional.ofNullable(seen)
        .flatMap(o -> o.known())
        .map(s -> s instanceof AlbRouteSeen alb ? alb.loadBalancerArn() : "")
        .filter(arn -> !arn.isEmpty());
  }

  /** A cluster's own load balancer, by its DNS name. */
  private Optional<String> own(String dnsName) {
    return Optional.ofNullable(balancers.get(dnsName))
        .flatMap(o -> o.known())
        .map(BalancerSeen::arn);
  }
}
