package dev.hikkoshi.clusters.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.elb.RequestCounts.Counted;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class RequestCountsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shared/0123456789abcdef";
  private static final String GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/old/0123456789abcdef";

  private final Metrics metrics = new Metrics();

  /** CloudWatch with what was put there; each answer in pages of one result. */
  private static final class Metrics implements CloudWatchClient {

    private final Map<String, TreeMap<Instant, Double>> values = new HashMap<>();
    private StatusCode status = StatusCode.COMPLETE;

    void put(String metric, int dimensions, Instant at, double value) {
      values.computeIfAbsent(metric + dimensions, _ -> new TreeMap<>()).put(at, value);
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
      int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      var query = request.metricDataQueries().get(page);
      var metric = query.metricStat().metric();
      var found =
          values
              .getOrDefault(metric.metricName() + metric.dimensions().size(), new TreeMap<>())
              .subMap(request.startTime(), request.endTime());
      return GetMetricDataResponse.builder()
          .metricDataResults(
              MetricDataResult.builder()
                  .id(query.id())
                  .timestamps(found.keySet())
                  .values(found.values())
                  .statusCode(status)
                  .build())
          .nextToken(page + 1 < request.metricDataQueries().size() ? "" + (page + 1) : null)
          .build();
    }

    @Override
    public String serviceName() {
      return "monitoring";
    }

    @Override
    public void close() {}
  }

  private Observation<Measured> count(Instant now, Instant from, Instant to) {
    return new RequestCounts(metrics, MINUTE, now)
        .count("requests", List.of(new Counted("old", BALANCER, Optional.of(GROUP))), from, to);
  }

  private static Instant minute(int n) {
    return NOON.plus(MINUTE.multipliedBy(n));
  }

  private void alive(int from, int to) {
    for (int i = from; i < to; i++) {
      metrics.put("ConsumedLCUs", 1, minute(i), 1);
    }
  }

  private static long requests(Observation<Measured> seen) {
    return seen.known().orElseThrow().of("old");
  }

  @Test
  void wholePeriodsInsideTheWindowAreSummed() {
    // Given
    alive(0, 10);
    for (int i = 0; i < 10; i++) {
      metrics.put("RequestCount", 2, minute(i), 1 << i);
    }
    // When
    Observation<Measured> seen =
        count(minute(20), minute(2).plusSeconds(1), minute(6).plusSeconds(59));
    // Then
    assertThat(requests(seen)).isEqualTo(8 + 16 + 32);
    assertThat(seen.known()).map(Measured::from).contains(minute(3));
    assertThat(seen.known()).map(Measured::to).contains(minute(6));
  }

  @Test
  void aPeriodIsReadOnlyOneAfterItsEnd() {
    // Given
    alive(0, 5);
    metrics.put("RequestCount", 2, minute(3), 7);
    // When
    Observation<Measured> early = count(minute(4).plusSeconds(59), minute(3), minute(4));
    Observation<Measured> later = count(minute(5), minute(3), minute(4));
    // Then
    assertThat(early).isInstanceOf(Observation.Unknown.class);
    assertThat(requests(later)).isEqualTo(7);
  }

  @Test
  void noRequestsWhileTheLoadBalancerLivesAreZero() {
    // Given
    alive(0, 5);
    // When
    Observation<Measured> seen = count(minute(9), minute(0), minute(5));
    // Then
    assertThat(requests(seen)).isZero();
  }

  @Test
  void noRequestsFromASilentLoadBalancerAreUnknown() {
    // Given
    alive(0, 5);
    alive(8, 10);
    metrics.put("RequestCount", 2, minute(1), 7);
    // When
    Observation<Measured> seen = count(minute(20), minute(0), minute(10));
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void whatCloudWatchCouldNotReadIsUnknown() {
    // Given
    alive(0, 5);
    metrics.status = StatusCode.INTERNAL_ERROR;
    // When
    Observation<Measured> seen = count(minute(9), minute(0), minute(5));
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void aNetworkLoadBalancerCountsNoRequests() {
    // When
    Observation<Measured> seen =
        new RequestCounts(metrics, MINUTE, minute(9))
            .count(
                "requests",
                List.of(new Counted("old", BALANCER.replace("/app/", "/net/"), Optional.empty())),
                minute(0),
                minute(5));
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }
}
