package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * RequestCount over whole metric periods.
 *
 * <p>ELBv2 does not report what is zero ("If there are no requests flowing through the load
 * balancer or no data for a metric, the metric is not reported", CloudWatch metrics for your
 * Application Load Balancer). So a missing count is zero only where the same load balancer was
 * heard of at about that time, by this metric or by one that is always reported (ConsumedLCUs);
 * where it was silent, nothing is known. A period is read one period after its end, when every node
 * has reported it.
 */
final class RequestCounts {

  private static final String APPLICATION = "AWS/ApplicationELB";

  /** One of them is there for every period in which a load balancer was alive. */
  private static final List<String> PULSE =
      List.of("RequestCount", "ConsumedLCUs", "ActiveConnectionCount");

  /** A call takes no more queries. */
  private static final int QUERIES_AT_ONCE = 500;

  private static final int MOST_PAGES = 50;

  private final CloudWatchClient cloudwatch;
  private final Duration period;
  private final Instant now;

  RequestCounts(CloudWatchClient cloudwatch, Duration period, Instant now) {
    this.cloudwatch = cloudwatch;
    this.period = period;
    this.now = now;
  }

  /**
   * Something whose requests are counted.
   *
   * @param cluster whom they count for; empty for strangers
   * @param balancerArn of an application load balancer
   * @param groupArn only those that went to this group
   */
  record Counted(String cluster, String balancerArn, Optional<String> groupArn) {

    List<Dimension> dimensions() {
      List<Dimension> all = new ArrayList<>();
      groupArn.ifPresent(arn -> all.add(dimension("TargetGroup", arn, "targetgroup/")));
      all.add(balancer(balancerArn));
      return all;
    }
  }

  private static Dimension balancer(String arn) {
    return dimension("LoadBalancer", arn, "app/");
  }

  /** A dimension's value is the end of the ARN. */
  private static Dimension dimension(String name, String arn, String from) {
    return Dimension.builder().name(name).value(arn.substring(arn.indexOf(from))).build();
  }

  /** Counts by cluster, over the whole periods of the window that are over and reported. */
  Observation<Measured> count(String what, List<Counted> all, Instant from, Instant to) {
    Optional<Counted> other =
        all.stream().filter(c -> !c.balancerArn().contains(":loadbalancer/app/")).findFirst();
    if (other.isPresent()) {
      String text = "requests are not counted by " + other.get().balancerArn();
      return Observation.unknown(what, text);
    }
    Instant first = ceil(from);
    Instant complete = floor(now).minus(period);
    Instant last = floor(to).isAfter(complete) ? complete : floor(to);
    if (!first.isBefore(last)) {
      return Observation.unknown(what, "no whole period of " + period + " is complete yet");
    }
    return AwsFailures.look(what, () -> read(what, all, first, last));
  }

  private Observation<Measured> read(String what, List<Counted> all, Instant from, Instant to) {
    List<String> balancers = all.stream().map(Counted::balancerArn).distinct().toList();
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      queries.add(query("c" + i, "RequestCount", all.get(i).dimensions(), "Sum"));
    }
    for (int b = 0; b < balancers.size(); b++) {
      for (String metric : PULSE) {
        String id = "p" + b + "_" + PULSE.indexOf(metric);
        queries.add(query(id, metric, List.of(balancer(balancers.get(b))), "SampleCount"));
      }
    }
    Series series = new Series();
    for (int i = 0; i < queries.size(); i += QUERIES_AT_ONCE) {
      List<MetricDataQuery> some =
          queries.subList(i, Math.min(queries.size(), i + QUERIES_AT_ONCE));
      Optional<String> broken = fetch(some, from, to.plus(period), series);
      if (broken.isPresent()) {
        return Observation.unknown(what, broken.get());
      }
    }
    for (int b = 0; b < balancers.size(); b++) {
      Optional<Instant> silent = series.silentAt("p" + b + "_", from, to);
      if (silent.isPresent()) {
        String text = "%s reported nothing at %s".formatted(balancers.get(b), silent.get());
        return Observation.unknown(what, text);
      }
    }
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      counts.merge(all.get(i).cluster(), series.sum("c" + i, from, to), Long::sum);
    }
    return Observation.known(new Measured(Measured.Unit.REQUESTS, counts, from, to));
  }

  private MetricDataQuery query(
      String id, String metric, List<Dimension> dimensions, String statistic) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            s ->
                s.metric(m -> m.namespace(APPLICATION).metricName(metric).dimensions(dimensions))
                    .period((int) period.toSeconds())
                    .stat(statistic))
        .build();
  }

  private Optional<String> fetch(
      List<MetricDataQuery> queries, Instant from, Instant to, Series into) {
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .metricDataQueries(queries)
            .startTime(from)
            .endTime(to)
            .build();
    for (int page = 0; page < MOST_PAGES; page++) {
      GetMetricDataResponse answer = cloudwatch.getMetricData(request);
      for (MetricDataResult result : answer.metricDataResults()) {
        boolean broken =
            result.statusCode() == StatusCode.INTERNAL_ERROR
                || result.statusCode() == StatusCode.FORBIDDEN;
        if (broken) {
          return Optional.of("CloudWatch: " + result.statusCodeAsString());
        }
        into.add(result);
      }
      String next = answer.nextToken();
      if (next == null || next.isEmpty()) {
        return Optional.empty();
      }
      request = request.toBuilder().nextToken(next).build();
    }
    return Optional.of("CloudWatch's answer does not end");
  }

  private Instant floor(Instant at) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
  }

  private Instant ceil(Instant at) {
    Instant floor = floor(at);
    return floor.equals(at) ? at : floor.plus(period);
  }

  /** Values by query and period. */
  private final class Series {

    private final Map<String, NavigableMap<Instant, Double>> values = new HashMap<>();

    void add(MetricDataResult result) {
      NavigableMap<Instant, Double> known =
          values.computeIfAbsent(result.id(), _ -> new TreeMap<>());
      for (int i = 0; i < result.timestamps().size(); i++) {
        known.put(result.timestamps().get(i), result.values().get(i));
      }
    }

    private NavigableMap<Instant, Double> of(String id) {
      return values.getOrDefault(id, new TreeMap<>());
    }

    long sum(String id, Instant from, Instant to) {
      double sum =
          of(id).subMap(from, true, to, false).values().stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      return Math.round(sum);
    }

    /**
     * A period without a sign of life in it or beside it. Beside counts, because reports are cut
     * into periods by when they come: one may fall into its neighbour.
     */
    Optional<Instant> silentAt(String pulse, Instant from, Instant to) {
      for (Instant at = from; at.isBefore(to); at = at.plus(period)) {
        Instant before = at.minus(period);
        Instant after = at.plus(period);
        boolean heard =
            values.entrySet().stream()
                .filter(e -> e.getKey().startsWith(pulse))
                .anyMatch(e -> !e.getValue().subMap(before, true, after, true).isEmpty());
        if (!heard) {
          return Optional.of(at);
        }
      }
      return Optional.empty();
    }
  }
}
