package dev.hikkoshi.sandbox.physics;

import java.time.Duration;

/**
 * How long things take in this region. Defaults are AWS's; {@link #fast()} is what a demo uses and
 * says so.
 *
 * @param creating from CreateCluster to the earliest ACTIVE; docs say several minutes, AWS reported
 *     at most nine on average
 * @param nodegroupCreating from CreateNodegroup to the earliest ACTIVE
 * @param deleting from DeleteCluster or DeleteNodegroup to gone
 * @param insync from a Route 53 change to INSYNC; usually at most 60 s
 * @param aliasTtl the TTL that alias answers for load balancers carry: 60 s, not settable on AWS
 * @param metricPeriod how often load balancers report to CloudWatch: 60 s
 * @param deregistration default deregistration delay of a target group: 300 s
 * @param healthCheckFloor the shortest interval between health checks that is honoured: 5 s on AWS
 * @param updating from an update of a cluster, node group or add-on to its end
 */
public record Physics(
    String name,
    Duration creating,
    Duration nodegroupCreating,
    Duration deleting,
    Duration insync,
    Duration aliasTtl,
    Duration metricPeriod,
    Duration deregistration,
    Duration healthCheckFloor,
    Duration updating) {

  /** AWS's own values. */
  public static Physics aws() {
    return new Physics(
        "aws",
        Duration.ofMinutes(8),
        Duration.ofMinutes(3),
        Duration.ofMinutes(3),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  /** Short values with the same order of size, for demo and tests. */
  public static Physics fast() {
    return new Physics(
        "fast",
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(300));
  }
}
