package dev.hikkoshi.sandbox.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API_GetMetricData.html, API_GetMetricStatistics.html, API_ListMetrics.html. */
class ReadingTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final MetricId REQUESTS =
      MetricId.of("AWS/ApplicationELB", "RequestCount", Map.of("LoadBalancer", "app/web/1"));

  private final ManualTime time = new ManualTime(START);
  private final MetricStore store = new MetricStore(time, Duration.ofSeconds(60));
  private final Reading reading = new Reading(store);

  private static Map<String, String> query(String period, String stat) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("StartTime", "2026-11-24T10:00:00Z");
    form.put("EndTime", "2026-11-24T11:00:00Z");
    form.put("ScanBy", "TimestampAscending");
    String one = "MetricDataQueries.member.1.";
    form.put(one + "Id", "m");
    form.put(one + "MetricStat.Period", period);
    form.put(one + "MetricStat.Stat", stat);
    form.put(one + "MetricStat.Metric.Namespace", REQUESTS.namespace());
    form.put(one + "MetricStat.Metric.MetricName", REQUESTS.name());
    form.put(one + "MetricStat.Metric.Dimensions.member.1.Name", "LoadBalancer");
    form.put(one + "MetricStat.Metric.Dimensions.member.1.Value", "app/web/1");
    return form;
  }

  private List<Double> values(Map<String, String> form) {
    List<Double> values = new ArrayList<>();
    reading
        .data(Form.of(form))
        .path("MetricDataResults")
        .path(0)
        .path("Values")
        .forEach(value -> values.add(value.asDouble()));
    return values;
  }

  /** One value in the first minute, two in the second and so on. */
  private void minutes(int count) {
    Series series = store.series(REQUESTS);
    for (int minute = 1; minute <= count; minute++) {
      for (int i = 0; i < minute; i++) {
        series.add(minute);
      }
      time.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void aPeriodIsPublishedWhenItIsOver() {
    // Given
    store.series(REQUESTS).add(1);
    time.advance(Duration.ofSeconds(59));
    assertThat(values(query("60", "Sum"))).isEmpty();
    // When
    time.advance(Duration.ofSeconds(1));
    // Then
    assertThat(values(query("60", "Sum"))).containsExactly(1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "60,  Sum,         1 4 9",
    "60,  SampleCount, 1 2 3",
    "60,  Average,     1 2 3",
    "60,  Maximum,     1 2 3",
    "120, Sum,         5 9",
    "300, Minimum,     1",
    "30,  Sum,         ''"
  })
  void statisticsAreThoseOfThePeriod(String period, String stat, String expected) {
    // Given
    minutes(3);
    // When
    List<Double> values = values(query(period, stat));
    // Then
    assertThat(values)
        .containsExactlyElementsOf(
            expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(Double::valueOf).toList());
  }

  @Test
  void percentilesAreWithinOnePercent() {
    // Given
    for (int i = 1; i <= 1000; i++) {
      store.series(REQUESTS).add(i / 1000.0);
    }
    time.advance(Duration.ofMinutes(1));
    // When, then
    assertThat(values(query("60", "p99")).getFirst()).isCloseTo(0.990, within(0.01));
    assertThat(values(query("60", "p50")).getFirst()).isCloseTo(0.500, within(0.006));
  }

  @Test
  void datapointsComeInPages() {
    // Given
    minutes(5);
    Map<String, String> form = query("60", "SampleCount");
    form.put("MaxDatapoints", "2");
    // When
    List<Double> all = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      ObjectNode answer = reading.data(Form.of(form));
      answer.path("MetricDataResults").path(0).path("Values").forEach(v -> all.add(v.asDouble()));
      codes.add(answer.path("MetricDataResults").path(0).path("StatusCode").asText());
      form.put("NextToken", answer.path("NextToken").asText());
    }
    // Then
    assertThat(all).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(codes).containsExactly("PartialData", "PartialData", "Complete");
    assertThat(form.get("NextToken")).isEmpty();
  }

  @Test
  void aMetricWithOtherDimensionsIsAnotherMetric() {
    // Given
    minutes(1);
    Map<String, String> form = query("60", "Sum");
    form.remove("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name");
    form.remove("MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value");
    // When, then
    assertThat(values(form)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MetricDataQueries.member.1.MetricStat.Period, 7, ValidationError",
    "MetricDataQueries.member.1.MetricStat.Stat, Median, ValidationError",
    "MetricDataQueries.member.1.Id, Upper, ValidationError",
    "EndTime, 2026-11-24T09:00:00Z, ValidationError",
    "StartTime, yesterday, InvalidParameterValue",
    "NextToken, ###, InvalidNextToken",
    "MaxDatapoints, 0, ValidationError"
  })
  void badParametersAreRefused(String name, String value, String code) {
    // Given
    Map<String, String> form = query("60", "Sum");
    form.put(name, value);
    // When, then
    assertThatThrownBy(() -> values(form))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void bothProtocolsCarryTheSame() {
    // Given
    minutes(1);
    String body =
        """
        {"Namespace": "AWS/ApplicationELB", "MetricName": "RequestCount",
         "Dimensions": [{"Name": "LoadBalancer", "Value": "app/web/1"}],
         "StartTime": 1795514400, "EndTime": 1795518000.5, "Period": 60,
         "Statistics": ["Sum"]}
        """;
    // When
    ObjectNode answer = reading.statistics(Tree.flat(body));
    // Then
    assertThat(Tree.json(answer)).contains("\"Timestamp\":1.7955144E9", "\"Sum\":1.0");
    assertThat(Xml.document("R", "n", xml -> Tree.xml(xml, answer)))
        .contains("<Timestamp>2026-11-24T10:00:00Z</Timestamp>", "<Sum>1.0</Sum>");
  }

  @Test
  void metricsAreListedByDimension() {
    // Given
    minutes(1);
    store.series(
        MetricId.of(REQUESTS.namespace(), REQUESTS.name(), Map.of("LoadBalancer", "app/other/2")));
    // When
    ObjectNode all = reading.list(Form.of(Map.of("Namespace", REQUESTS.namespace())));
    ObjectNode one =
        reading.list(
            Form.of(
                Map.of(
                    "Dimensions.member.1.Name", "LoadBalancer",
                    "Dimensions.member.1.Value", "app/web/1")));
    // Then
    assertThat(all.path("Metrics")).hasSize(2);
    assertThat(one.path("Metrics")).hasSize(1);
  }
}
