package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ELBv2 and CloudWatch through the SDK. */
public final class ElbBalancers implements BalancerGateway {

  /**
   * Nothing is called yet.
   *
   * @param metricPeriod how often load balancers report, whole seconds; 60 s at AWS
   */
  public ElbBalancers(AwsClients aws, Duration metricPeriod, InstantSource clock) {}

  @Override
  public Observation<AlbRouteSeen> route(Rule rule) {
    return Observation.unknown("rule of " + rule.route(), "being built");
  }

  @Override
  public Observation<Optional<BalancerSeen>> balancer(String dnsName) {
    return Observation.unknown(dnsName, "being built");
  }

  @Override
  public Outcome createGroup(Rule rule, AlbRouteSeen seen, String cluster, int port, Probe probe) {
    return new Outcome.Throttled("being built");
  }

  @Override
  public Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights) {
    return new Outcome.Throttled("being built");
  }

  @Override
  public Outcome deleteGroup(Rule rule, String groupArn) {
    return new Outcome.Throttled("being built");
  }

  @Override
  public Observation<Measured> groupRequests(
      Rule rule, Map<String, String> clusterByGroup, Instant from, Instant to) {
    return Observation.unknown("requests", "being built");
  }

  @Override
  public Observation<Measured> balancerRequests(
      Map<String, String> clusterByBalancerArn, Instant from, Instant to) {
    return Observation.unknown("requests", "being built");
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> groupArns) {
    return Observation.unknown("listener actions", "being built");
  }
}
