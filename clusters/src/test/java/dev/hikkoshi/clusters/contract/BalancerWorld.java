package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.port.BalancerGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A gateway to load balancers and what a test needs around it. */
interface BalancerWorld extends AutoCloseable {

  BalancerGateway gateway();

  /** Host {@code api.example.com} on a listener of a shared load balancer. */
  BalancerGateway.Rule rule();

  /** DNS name of the load balancer of the cluster {@code old}. */
  String balancerName();

  /** Registers a serving target with the group of a cluster. */
  void register(String cluster, String groupArn);

  /** A target group that is not ours. */
  String strangersGroup();

  /** A group of type {@code alb} whose target is that load balancer; answers its ARN. */
  String front();

  /**
   * Writes the rule as somebody else would: groups with weights, sticky for 60 s.
   *
   * @param path a condition besides the host; empty for none
   */
  String ruleByHand(Map<String, Integer> weights, String path);

  /** Sends requests to the rule's host and tells when the first left. */
  Instant send(int requests);

  /** Lets time pass, or waits. */
  void pass(Duration time);

  /** How often requests are reported. */
  Duration metricPeriod();

  Instant now();

  /** Why it cannot play something; empty when it can. */
  Optional<String> lacks(Trait trait);

  @Override
  void close();
}
