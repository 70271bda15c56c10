package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Gateways of the calm world of which one answer is not true. */
final class LyingGateways {

  private LyingGateways() {}

  /** Name servers answer a handful of queries only. */
  static Gateways withoutAnswers(Gateways g) {
    return dns(
        g,
        measured -> measured.map(m -> new Measured(m.unit(), Map.of("x", 3L), m.from(), m.to())));
  }

  /** Whatever is written, every answer points at the old side. */
  static Gateways everythingStaysOld(Gateways g) {
    return dns(
        g,
        measured ->
            measured.map(
                m -> new Measured(m.unit(), Map.of("shop-1-36-1", m.total()), m.from(), m.to())));
  }

  /** Zones cannot be listed. */
  static Gateways blindToReferences(Gateways g) {
    return new Gateways(
        g.identity(),
        g.eks(),
        g.inside(),
        new Dns(g.dns(), UnaryOperator.identity()) {
          @Override
          public Observation<List<Reference>> references(
              Set<Optional<String>> roles, Set<String> balancerNames) {
            return Observation.unknown("zones", "AccessDenied for route53:ListHostedZones");
          }
        },
        g.balancers());
  }

  /** The credentials belong to somebody else's account. */
  static Gateways otherAccount(Gateways g) {
    return new Gateways(
        () -> Observation.known("999999999999"), g.eks(), g.inside(), g.dns(), g.balancers());
  }

  /** Access entries were made, their policies never associated. */
  static Gateways halfAnAccessEntry(Gateways g) {
    return new Gateways(
        g.identity(), new WithoutPolicies(g.eks()), g.inside(), g.dns(), g.balancers());
  }

  private static Gateways dns(Gateways g, UnaryOperator<Observation<Measured>> sampled) {
    return new Gateways(
        g.identity(), g.eks(), g.inside(), new Dns(g.dns(), sampled), g.balancers());
  }

  private static class Dns implements DnsGateway {

    private final DnsGateway real;
    private final UnaryOperator<Observation<Measured>> sampled;

    Dns(DnsGateway real, UnaryOperator<Observation<Measured>> sampled) {
      this.real = real;
      this.sampled = sampled;
    }

    @Override
    public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
      return real.route(zone, recordName);
    }

    @Override
    public Outcome change(
        Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
      return real.change(zone, zoneId, deletes, creates);
    }

    @Override
    public Observation<Boolean> insync(Zone zone, String changeId) {
      return real.insync(zone, changeId);
    }

    @Override
    public Observation<Measured> sample(
        Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries) {
      return sampled.apply(real.sample(zone, recordName, clusterByBalancer, queries));
    }

    @Override
    public Observation<List<Reference>> references(
        Set<Optional<String>> roles, Set<String> balancerNames) {
      return real.references(roles, balancerNames);
    }
  }
}
