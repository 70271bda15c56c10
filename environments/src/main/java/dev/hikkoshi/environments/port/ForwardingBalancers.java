package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes everything on, so that a gateway which differs in one thing says only that. */
public class ForwardingBalancers implements BalancerGateway {

  protected final BalancerGateway real;

  public ForwardingBalancers(BalancerGateway real) {
    this.real = real;
  }

  @Override
  public Observation<AlbRouteSeen> route(Rule rule) {
    return real.route(rule);
  }

  @Override
  public Observation<Optional<BalancerSeen>> balancer(String dnsName) {
    return real.balancer(dnsName);
  }

  @Override
  public Outcome createGroup(Rule rule, AlbRouteSeen seen, String cluster, int port, Probe probe) {
    return real.createGroup(rule, seen, cluster, port, probe);
  }

  @Override
  public Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights) {
    return real.write(rule, seen, weights);
  }

  @Override
  public Outcome deleteGroup(Rule rule, String groupArn) {
    return real.deleteGroup(rule, groupArn);
  }

  @Override
  public Outcome untagGroup(Rule rule, String groupArn) {
    return real.untagGroup(rule, groupArn);
  }

  @Override
  public Observation<Measured> groupRequests(
      Rule rule, Map<String, String> clusterByGroup, Instant from, Instant to) {
    return real.groupRequests(rule, clusterByGroup, from, to);
  }

  @Override
  public Observation<Measured> balancerRequests(
      Map<String, String> clusterByBalancerArn, Instant from, Instant to) {
    return real.balancerRequests(clusterByBalancerArn, from, to);
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> groupArns, Set<String> balancerNames) {
    return real.references(roles, groupArns, balancerNames);
  }
}
