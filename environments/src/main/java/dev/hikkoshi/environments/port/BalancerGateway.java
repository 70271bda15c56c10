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

/** Elastic Load Balancing v2 and the request counts that it reports. */
public interface BalancerGateway {

  /**
   * What identifies a listener rule that is shared among clusters.
   *
   * @param loadBalancer its name
   * @param hosts host-header values, sorted
   * @param paths path-pattern values, sorted
   * @param role to assume where the load balancer lives in another account
   * @param formerly the environment's name before; groups tagged with it are the rule's own too
   */
  record Rule(
      String environment,
      String route,
      String loadBalancer,
      int port,
      List<String> hosts,
      List<String> paths,
      Optional<String> role,
      Optional<String> formerly) {

    public Rule {
      hosts = List.copyOf(hosts);
      paths = List.copyOf(paths);
    }
  }

  /**
   * How targets of a group are probed; {@code intervalSeconds} and thresholds as ELBv2 names them.
   */
  record Probe(
      String path,
      int intervalSeconds,
      int healthyThreshold,
      int unhealthyThreshold,
      String codes) {}

  /**
   * A gateway that answers the questions of one look and asks ELBv2 the same thing only once for
   * it. Writes go through it unchanged, and none of them may follow: what it answers is as old as
   * the look.
   */
  default BalancerGateway forOneLook() {
    return this;
  }

  /** The rule, its groups, their health, and the groups of ours for this route. */
  Observation<AlbRouteSeen> route(Rule rule);

  /** The load balancer behind a DNS name; empty when there is none (any more). */
  Observation<Optional<BalancerSeen>> balancer(String dnsName);

  /**
   * Creates the target group of a cluster for a route, tagged as ours; an existing one of ours with
   * the same tags is the answer.
   *
   * @return {@link Outcome.Done} with fact {@code groupArn}
   */
  Outcome createGroup(Rule rule, AlbRouteSeen seen, String cluster, int port, Probe probe);

  /**
   * Writes all weights of the rule at once. Reads it again at most a second before and writes only
   * if it still is as {@code seen}; carries every other action, stickiness and authentication
   * setting; reads back after. Creates the rule when it does not exist yet.
   *
   * @return {@link Outcome.Changed} when the rule is not as seen, or not as written when read back
   */
  Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights);

  /** Deletes a target group of ours that no rule names. */
  Outcome deleteGroup(Rule rule, String groupArn);

  /** Takes our tags, and no others, off a target group of ours; one that is gone is done. */
  Outcome untagGroup(Rule rule, String groupArn);

  /**
   * Requests of each target group over whole metric periods inside the window; those of the rule's
   * other groups count as strangers'. Unknown until a whole period is complete, and where the load
   * balancer reported nothing: no data is not zero.
   */
  Observation<Measured> groupRequests(
      Rule rule, Map<String, String> clusterByGroup, Instant from, Instant to);

  /** Requests of whole load balancers, told as {@link #groupRequests} tells them. */
  Observation<Measured> balancerRequests(
      Map<String, String> clusterByBalancerArn, Instant from, Instant to);

  /**
   * Everything readable with these roles that still sends traffic: every listener action that names
   * one of the groups, and every target group of type {@code alb} (of a network load balancer) that
   * has one of the load balancers as target. Unknown when a listing broke off.
   *
   * @param balancerNames DNS names, lower-case
   */
  Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> groupArns, Set<String> balancerNames);
}
