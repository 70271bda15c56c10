package dev.hikkoshi.clusters.aws;

import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Values of CloudWatch by query and by the start of their period: whole answers only. One that
 * CloudWatch itself calls broken or partial is unknown, for a missing value would look like a
 * period in which nothing happened.
 */
public final class MetricData {

  /** A call takes no more queries. */
  private static final int QUERIES_AT_ONCE = 500;

  private static final int MOST_PAGES = 50;

  private final Map<String, NavigableMap<Instant, Double>> values = new HashMap<>();
  private final Map<String, StatusCode> states = new HashMap<>();

  private MetricData() {}

  /**
   * One statistic of one metric.
   *
   * @param id unique among those asked together; a lower-case letter, then letters, digits and _
   */
  public record Ask(
      String id,
      String namespace,
      String metric,
      String statistic,
      SortedMap<String, String> dimensions) {

    private MetricDataQuery query(Duration period) {
      List<Dimension> all =
          dimensions.entrySet().stream()
              .map(d -> Dimension.builder().name(d.getKey()).value(d.getValue()).build())
              .toList();
      return MetricDataQuery.builder()
          .id(id)
          .metricStat(
              s ->
                  s.metric(m -> m.namespace(namespace).metricName(metric).dimensions(all))
                      .period((int) period.toSeconds())
                      .stat(statistic))
          .build();
    }
  }

  /**
   * What CloudWatch has.
   *
   * @param period whole seconds
   * @param to exclusive
   */
  public static Observation<MetricData> read(
      CloudWatchClient cloudwatch,
      String what,
      List<Ask> asks,
      Duration period,
      Instant from,
      Instant to) {
    return AwsFailures.look(
        what,
        () -> {
          MetricData data = new MetricData();
          for (int i = 0; i < asks.size(); i += QUERIES_AT_ONCE) {
            List<MetricDataQuery> some =
                asks.subList(i, Math.min(asks.size(), i + QUERIES_AT_ONCE)).stream()
                    .map(ask -> ask.query(period))
                    .toList();
            Optional<String> broken = data.fetch(cloudwatch, some, from, to);
            if (broken.isPresent()) {
              return Observation.unknown(what, broken.get());
            }
          }
          return Observation.known(data);
        });
  }

  private Optional<String> fetch(
      CloudWatchClient cloudwatch, List<MetricDataQuery> queries, Instant from, Instant to) {
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .metricDataQueries(queries)
            .startTime(from)
            .endTime(to)
            .build();
    for (int page = 0; page < MOST_PAGES; page++) {
      GetMetricDataResponse answer = cloudwatch.getMetricData(request);
      answer.metricDataResults().forEach(this::add);
      String next = answer.nextToken();
      if (next == null || next.isEmpty()) {
        return broken();
      }
      request = request.toBuilder().nextToken(next).build();
    }
    return Optional.of("CloudWatch's answer does not end");
  }

  private void add(MetricDataResult result) {
    NavigableMap<Instant, Double> known = values.computeIfAbsent(result.id(), _ -> new TreeMap<>());
    for (int i = 0; i < result.timestamps().size(); i++) {
      known.put(result.timestamps().get(i), result.values().get(i));
    }
    states.merge(result.id(), result.statusCode(), MetricData::worse);
  }

  /** Partial is followed by a page with the rest; an error is not mended by what follows. */
  private static StatusCode worse(StatusCode before, StatusCode now) {
    return failed(before) ? before : now;
  }

  private static boolean failed(StatusCode state) {
    return state == StatusCode.INTERNAL_ERROR || state == StatusCode.FORBIDDEN;
  }

  private Optional<String> broken() {
    return states.values().stream()
        .filter(state -> failed(state) || state == StatusCode.PARTIAL_DATA)
        .findFirst()
        .map(state -> "CloudWatch: " + state);
  }

  /** Values of a query by the start of their period; empty where there are none. */
  public NavigableMap<Instant, Double> of(String id) {
    return values.getOrDefault(id, new TreeMap<>());
  }
}
