package dev.hikkoshi.environments.desired;

/** An old side of a route that is no cluster of ours. It is never deleted and never taken out. */
public sealed interface External {

  /** The side's name beside the names of clusters, which always have a hyphen. */
  String SIDE = "external";

  /** Where it leads: a target group's ARN, or a DNS name in lower case. */
  String target();

  /** A target group of the rule, for example of EC2 instances. */
  record TargetGroup(String target) implements External {}

  /** What the name's records lead to today: a load balancer's name, or any other. */
  record Name(String target) implements External {}
}
