package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.cloudwatch.MetricId;
import dev.hikkoshi.sandbox.cloudwatch.MetricStore;
import dev.hikkoshi.sandbox.cloudwatch.Series;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The metrics of one load balancer ("CloudWatch metrics for your Application Load Balancer"). A
 * metric comes into being with its first value, as on AWS.
 */
final class BalancerMetrics {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  private final Supplier<MetricStore> store;
  private final String balancer;
  private final Map<String, Series> series = new ConcurrentHashMap<>();

  /**
   * Metrics of a load balancer.
   *
   * @param store asked for when there is something to add; values are dropped while it is not there
   *     yet, which is only for the moment in which the region starts
   */
  BalancerMetrics(Supplier<MetricStore> store, String balancerDimension) {
    this.store = store;
    this.balancer = balancerDimension;
  }

  /** A value of the load balancer. */
  void add(String metric, double value) {
    add(metric, metric, Map.of(), value);
  }

  /** A value of the load balancer and a group. */
  void add(String metric, TargetGroup group, double value) {
    add(metric + " " + group.arn(), metric, Map.of("TargetGroup", group.dimension()), value);
  }

  private void add(String key, String metric, Map<String, String> more, double value) {
    try {
      series.computeIfAbsent(key, k -> of(metric, more)).add(value);
    } catch (NoSuchElementException e) {
      return;
    }
  }

  private Series of(String metric, Map<String, String> more) {
    Map<String, String> dimensions = new HashMap<>(more);
    dimensions.put("LoadBalancer", balancer);
    return store.get().series(MetricId.of(NAMESPACE, metric, dimensions));
  }

  /** A target was chosen for a request: from then on it counts. */
  void chosen(TargetGroup group) {
    add("RequestCount", 1);
    add("RequestCount", group, 1);
  }

  /** A target answered. */
  void answered(TargetGroup group, int status, double seconds) {
    String metric = "HTTPCode_Target_%dXX_Count".formatted(status / 100);
    add(metric, 1);
    add(metric, group, 1);
    add("TargetResponseTime", seconds);
    add("TargetResponseTime", group, seconds);
  }

  /** The load balancer answered by itself. */
  void own(int status) {
    add("HTTPCode_ELB_%dXX_Count".formatted(status / 100), 1);
    if (status == 500 || status >= 502 && status <= 504) {
      add("HTTPCode_ELB_%d_Count".formatted(status), 1);
    }
  }
}
