package dev.hikkoshi.sandbox.elb;

import org.jspecify.annotations.Nullable;

/**
 * What DescribeTargetHealth says of a target ("TargetHealth" of the API reference).
 *
 * @param reason null where the state is healthy
 */
public record TargetHealth(State state, @Nullable String reason, @Nullable String description) {

  /** The states that application load balancers show. */
  public enum State {
    /** Registered, no verdict yet. */
    INITIAL,
    /** Passed its health checks. */
    HEALTHY,
    /** Failed its health checks. */
    UNHEALTHY,
    /** Nobody asks: no rule names its group, or it is not registered. */
    UNUSED,
    /** Deregistered; requests in work may end. */
    DRAINING
  }

  /** Well. */
  public static final TargetHealth HEALTHY = new TargetHealth(State.HEALTHY, null, null);

  /** Registered, before the first check. */
  public static final TargetHealth REGISTERING =
      new TargetHealth(
          State.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress");

  /** Checked, but without a verdict. */
  public static final TargetHealth CHECKING =
      new TargetHealth(
          State.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress");

  /** No rule of a load balancer names its group. */
  public static final TargetHealth NOT_IN_USE =
      new TargetHealth(
          State.UNUSED,
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");

  /** Not a target of the group. */
  public static final TargetHealth NOT_REGISTERED =
      new TargetHealth(
          State.UNUSED, "Target.NotRegistered", "Target is not registered to the target group");

  /** On its way out. */
  public static final TargetHealth DRAINING =
      new TargetHealth(
          State.DRAINING,
          "Target.DeregistrationInProgress",
          "Target deregistration is in progress");

  /** Sick. */
  static TargetHealth unhealthy(String reason, String description) {
    return new TargetHealth(State.UNHEALTHY, reason, description);
  }
}
