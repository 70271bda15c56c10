package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Attributes with AWS's defaults ("LoadBalancerAttribute", "TargetGroupAttribute" of the API
 * reference). What would change the behaviour of requests and is not played is refused, so that
 * nobody believes it works.
 */
final class Attributes {

  static final String DELETION_PROTECTION = "deletion_protection.enabled";
  static final String IDLE_TIMEOUT = "idle_timeout.timeout_seconds";
  static final String DEREGISTRATION = "deregistration_delay.timeout_seconds";

  static final Map<String, String> LOAD_BALANCER =
      table(
          """
          access_logs.s3.enabled=false
          access_logs.s3.bucket=
          access_logs.s3.prefix=
          connection_logs.s3.enabled=false
          connection_logs.s3.bucket=
          connection_logs.s3.prefix=
          client_keep_alive.seconds=3600
          deletion_protection.enabled=false
          idle_timeout.timeout_seconds=60
          load_balancing.cross_zone.enabled=true
          routing.http.desync_mitigation_mode=defensive
          routing.http.drop_invalid_header_fields.enabled=false
          routing.http.preserve_host_header.enabled=false
          routing.http.x_amzn_tls_version_and_cipher_suite.enabled=false
          routing.http.xff_client_port.enabled=false
          routing.http.xff_header_processing.mode=append
          routing.http2.enabled=true
          waf.fail_open.enabled=false
          zonal_shift.config.enabled=false
          """);

  static final Map<String, String> TARGET_GROUP =
      table(
          """
          deregistration_delay.timeout_seconds=300
          load_balancing.algorithm.anomaly_mitigation=off
          load_balancing.algorithm.type=round_robin
          load_balancing.cross_zone.enabled=use_load_balancer_configuration
          slow_start.duration_seconds=0
          stickiness.app_cookie.cookie_name=
          stickiness.app_cookie.duration_seconds=86400
          stickiness.enabled=false
          stickiness.lb_cookie.duration_seconds=86400
          stickiness.type=lb_cookie
          target_group_health.dns_failover.minimum_healthy_targets.count=1
          target_group_health.dns_failover.minimum_healthy_targets.percentage=off
          target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1
          target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=off
          """);

  /** Only the default of these is played. */
  private static final Set<String> FIXED =
      Set.of(
          "access_logs.s3.enabled",
          "connection_logs.s3.enabled",
          "load_balancing.algorithm.type",
          "routing.http.xff_header_processing.mode",
          "slow_start.duration_seconds",
          "stickiness.enabled");

  private Attributes() {}

  private static Map<String, String> table(String text) {
    Map<String, String> table = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line ->
                table.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return table;
  }

  /** The attributes after a change, only those that were ever set. */
  static Map<String, String> changed(
      Map<String, String> set, Map<String, String> change, Map<String, String> known, String of) {
    Map<String, String> next = new LinkedHashMap<>(set);
    change.forEach(
        (key, value) -> {
          String usual = known.get(key);
          if (usual == null) {
            throw invalid("%s attribute key '%s' is not recognized".formatted(of, key));
          }
          if (FIXED.contains(key) && !value.equals(usual)) {
            throw invalid("The sandbox plays only '%s' for '%s'".formatted(usual, key));
          }
          check(key, value);
          next.put(key, value);
        });
    return next;
  }

  private static void check(String key, String value) {
    switch (key) {
      case DEREGISTRATION -> range(key, value, 0, 3600);
      case IDLE_TIMEOUT -> range(key, value, 1, 4000);
      case "client_keep_alive.seconds" -> range(key, value, 60, 604_800);
      default -> {
        if (key.endsWith(".enabled") && !value.matches("true|false|use_load_balancer_.*")) {
          throw invalid("'%s' must be 'true' or 'false', not '%s'".formatted(key, value));
        }
      }
    }
  }

  private static void range(String key, String value, int least, int most) {
    boolean number = value.matches("\\d{1,7}");
    if (!number || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
      throw invalid("'%s' must be between %d and %d, not '%s'".formatted(key, least, most, value));
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "ValidationError", message);
  }
}
