package dev.hikkoshi.sandbox.elb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target group of type {@code ip}.
 *
 * @param protocol {@code HTTP} or {@code HTTPS}: how targets are spoken to
 * @param port of targets that are registered without one
 * @param attributes only those that were set
 * @param targets in the order of registration, draining ones included
 */
public record TargetGroup(
    String arn,
    String name,
    String protocol,
    int port,
    String vpcId,
    HealthCheck healthCheck,
    Map<String, String> attributes,
    Map<String, String> tags,
    List<Target> targets) {

  public TargetGroup {
    attributes = Map.copyOf(attributes);
    tags = Map.copyOf(tags);
    targets = List.copyOf(targets);
  }

  /**
   * How targets are asked whether they are well.
   *
   * @param port a number or {@code traffic-port}
   * @param intervalSeconds 5 to 300
   * @param timeoutSeconds 2 to 120
   * @param healthyThreshold good answers in a row, 2 to 10
   * @param unhealthyThreshold bad answers in a row, 2 to 10
   * @param matcher good status codes, for example {@code 200} or {@code 200,204-299}
   */
  public record HealthCheck(
      String protocol,
      String port,
      String path,
      int intervalSeconds,
      int timeoutSeconds,
      int healthyThreshold,
      int unhealthyThreshold,
      String matcher) {}

  /** What tells targets of a group apart. */
  public record Address(String ip, int port) {
    @Override
    public String toString() {
      return ip + ":" + port;
    }
  }

  /**
   * A registered target.
   *
   * @param zone as sent at registration
   * @param drainingUntil when deregistration ends; null while it is registered
   */
  public record Target(Address address, @Nullable String zone, @Nullable Instant drainingUntil) {

    /** Whether new requests may go to it. */
    public boolean registered() {
      return drainingUntil == null;
    }
  }

  /** What metrics call it: {@code targetgroup/name/0123456789abcdef}. */
  public String dimension() {
    return arn.substring(arn.indexOf(":targetgroup/") + 1);
  }

  /** How long a target drains, if it was set. */
  public @Nullable Duration drainDelay() {
    String seconds = attributes.get(Attributes.DEREGISTRATION);
    return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** Targets that are not draining. */
  public List<Target> registeredTargets() {
    return targets.stream().filter(Target::registered).toList();
  }

  TargetGroup withTags(Map<String, String> changed) {
    return new TargetGroup(
        arn, name, protocol, port, vpcId, healthCheck, attributes, changed, targets);
  }

  TargetGroup withAttributes(Map<String, String> changed) {
    return new TargetGroup(arn, name, protocol, port, vpcId, healthCheck, changed, tags, targets);
  }

  TargetGroup withTargets(List<Target> changed) {
    return new TargetGroup(
        arn, name, protocol, port, vpcId, healthCheck, attributes, tags, changed);
  }

  TargetGroup withHealthCheck(HealthCheck changed) {
    return new TargetGroup(arn, name, protocol, port, vpcId, changed, attributes, tags, targets);
  }
}
