package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.TargetGroup.HealthCheck;
import dev.hikkoshi.sandbox.elb.TargetHealth;

/**
 * What is known of a target's health. A new target needs one good answer, a sick one as many in a
 * row as the group's threshold says ("Health checks for Application Load Balancer target groups").
 *
 * @param good good answers in a row
 * @param bad bad answers in a row
 */
record HealthRecord(TargetHealth health, int good, int bad) {

  static final HealthRecord NEW = new HealthRecord(TargetHealth.REGISTERING, 0, 0);

  /** What a probe found out. */
  sealed interface Probe {
    /** A status that the matcher takes. */
    record Good() implements Probe {}

    /** Another status. */
    record Mismatch(int status) implements Probe {}

    /** No answer in time. */
    record Timeout() implements Probe {}

    /** No connection, or one that broke. */
    record Failed() implements Probe {}
  }

  HealthRecord after(Probe probe, HealthCheck check) {
    return switch (probe) {
      case Probe.Good good -> passed(check);
      case Probe.Mismatch mismatch ->
          failed(
              check,
              "Target.ResponseCodeMismatch",
              "Health checks failed with these codes: [" + mismatch.status() + "]");
      case Probe.Timeout timeout -> failed(check, "Target.Timeout", "Request timed out");
      case Probe.Failed failed ->
          failed(check, "Target.FailedHealthChecks", "Health checks failed");
    };
  }

  private HealthRecord passed(HealthCheck check) {
    int inRow = good + 1;
    boolean fresh = health.state() == TargetHealth.State.INITIAL;
    boolean healthy = fresh || inRow >= check.healthyThreshold();
    return new HealthRecord(healthy ? TargetHealth.HEALTHY : health, inRow, 0);
  }

  private HealthRecord failed(HealthCheck check, String reason, String description) {
    int inRow = bad + 1;
    if (inRow >= check.unhealthyThreshold() || health.state() == TargetHealth.State.UNHEALTHY) {
      return new HealthRecord(
          new TargetHealth(TargetHealth.State.UNHEALTHY, reason, description), 0, inRow);
    }
    boolean fresh = health.state() == TargetHealth.State.INITIAL;
    return new HealthRecord(fresh ? TargetHealth.CHECKING : health, 0, inRow);
  }
}
