package dev.hikkoshi.clusters.aws;

import dev.hikkoshi.clusters.aws.MetricData.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics of one application load balancer, and whether a missing value is a zero.
 *
 * <p>ELBv2 does not report what is zero ("If there are no requests flowing through the load
 * balancer or no data for a metric, the metric is not reported", CloudWatch metrics for your
 * Application Load Balancer). So a missing count is zero only where the same load balancer was
 * heard of at about that time, by this metric or by one that is always reported (ConsumedLCUs);
 * where it was silent, nothing is known.
 *
 * @param key short and unique among those asked together; part of query ids
 */
public record BalancerMetrics(String key, String balancerArn) {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  /** One of them is there for every period in which a load balancer was alive. */
  private static final List<String> PULSE =
      List.of("RequestCount", "ConsumedLCUs", "ActiveConnectionCount");

  /** Whether requests are counted: only application load balancers do. */
  public static boolean countsRequests(String balancerArn) {
    return balancerArn.contains(":loadbalancer/app/");
  }

  /**
   * A question about the load balancer, or about one of its groups.
   *
   * @param statistic in CloudWatch's words
   */
  public Ask ask(String id, String metric, String statistic, Optional<String> groupArn) {
    SortedMap<String, String> dimensions = new TreeMap<>();
    dimensions.put("LoadBalancer", end(balancerArn, "app/"));
    groupArn.ifPresent(arn -> dimensions.put("TargetGroup", end(arn, "targetgroup/")));
    return new Ask(id, NAMESPACE, metric, statistic, dimensions);
  }

  /** A dimension's value is the end of the ARN. */
  private static String end(String arn, String from) {
    return arn.substring(Math.max(0, arn.indexOf(from)));
  }

  /** The questions that tell whether it was alive. */
  public List<Ask> pulse() {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < PULSE.size(); i++) {
      asks.add(ask(beat(i), PULSE.get(i), "SampleCount", Optional.empty()));
    }
    return asks;
  }

  private String beat(int i) {
    return "p" + key + "_" + i;
  }

  /**
   * Whether it was heard of in a period or in one beside it. Beside counts, because reports are cut
   * into periods by when they come: one may fall into its neighbour.
   */
  public boolean alive(MetricData data, Instant period, Duration length) {
    for (int i = 0; i < PULSE.size(); i++) {
      var beats = data.of(beat(i));
      if (!beats.subMap(period.minus(length), true, period.plus(length), true).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
