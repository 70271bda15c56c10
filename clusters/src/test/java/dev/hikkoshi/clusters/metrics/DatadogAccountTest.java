package dev.hikkoshi.clusters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.metrics.PlayedServer.Told;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogAccountTest {

  private static final Measure ORDERS =
      new Measure.Datadog(
          "main",
          new Asked.Ratio<>(
              "sum:orders.lost{cluster:{{cluster}}}.as_count().rollup(sum, {{seconds}})",
              "sum:orders.all{cluster:{{cluster}}}.as_count().rollup(sum, {{seconds}})"));

  @TempDir Path credentials;
  private PlayedServer server;
  private PlayedDatadog datadog;
  private Asking asking;

  @BeforeEach
  void open() throws IOException {
    datadog = new PlayedDatadog(at -> (double) (at / 60 % 10));
    server = new PlayedServer(datadog);
    key("api-key", "an-api-key");
    key("app-key", "an-app-key");
    asking = new Asking(this::options);
  }

  private MetricsOptions options() {
    return MetricsOptions.of(
        Map.of(),
        Map.of(
            "main", new MetricsOptions.Datadog(server.url(), credentials, Duration.ofSeconds(60))),
        Map.of());
  }

  private void key(String name, String text) throws IOException {
    Files.writeString(credentials.resolve(name), text + "\n");
  }

  @AfterEach
  void close() {
    asking.close();
    server.close();
  }

  @Test
  void aRatioIsCountsPeriodByPeriod() {
    // When
    List<Count> counts = Asking.counts(asking.ask(ORDERS, 5));

    // Then
    assertThat(counts)
        .containsExactlyElementsOf(
            Asking.minutes(5).map(m -> new Count(Asking.minute(m), m % 10, m % 10)).toList());
    assertThat(PlayedDatadog.form(server.asked().getFirst().query()))
        .containsEntry("query", "sum:orders.all{cluster:shop-1-37-2}.as_count().rollup(sum, 60)");
  }

  @Test
  void aPeriodWithinTheDelayIsLeftOut() {
    // When
    asking.at(Asking.minute(5).plusSeconds(59));
    List<Count> counts = Asking.counts(asking.ask(ORDERS, 5));

    // Then
    assertThat(counts).extracting(Count::from).last().isEqualTo(Asking.minute(3));
  }

  @Test
  void whatIsReportedIsAskedForOnceBecauseAnOrganisationMayAskSeldom() {
    // When
    asking.ask(ORDERS, 5);
    asking.ask(ORDERS, 5);

    // Then
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aPeriodWithoutAPointHasNoData() {
    // Given
    server.answer(
        new PlayedDatadog(at -> at == Asking.minute(2).getEpochSecond() ? Double.NaN : 7));

    // When
    List<Count> counts = Asking.counts(asking.ask(ORDERS, 5));

    // Then
    assertThat(counts).hasSize(4).noneMatch(c -> c.from().equals(Asking.minute(2)));
  }

  @Test
  void bucketsOfAnotherLengthAreNoneOfOurs() {
    // Given
    Measure measure = new Measure.Datadog("main", new Asked.Value<>("avg:latency{*}"));

    // When
    Observation<Readings> seen = asking.ask(measure, 5);

    // Then
    assertThat(Asking.why(seen)).contains("buckets of 20 s, not 60").contains(".rollup(sum,");
  }

  @Test
  void severalSeriesAreUnknownForNobodySaidWhichIsTheSide() {
    // Given
    datadog.series = 2;

    // When, Then
    assertThat(Asking.why(asking.ask(ORDERS, 5))).contains("2 series");
  }

  @Test
  void aWrongKeyIsUnknownAndInNoMessage() throws IOException {
    // Given
    key("app-key", "another-app-key");

    // When
    String why = Asking.why(asking.ask(ORDERS, 5));

    // Then
    assertThat(why).contains("403").contains("Forbidden").doesNotContain("another-app-key");
    assertThat(server.asked()).allSatisfy(a -> assertThat(a.query()).doesNotContain("key"));
  }

  @Test
  void aRotatedKeyIsTakenUp() throws IOException {
    // Given
    key("app-key", "an-old-app-key");
    asking.ask(ORDERS, 5);

    // When
    key("app-key", "an-app-key");

    // Then
    assertThat(Asking.counts(asking.ask(ORDERS, 5))).hasSize(5);
  }

  @Test
  void aKeyThatIsNotThereIsUnknownAndAsksNobody() throws IOException {
    // Given
    Files.delete(credentials.resolve("api-key"));

    // When, Then
    assertThat(Asking.why(asking.ask(ORDERS, 5))).contains("api-key");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whoeverIsToldToSlowDownAsksNothingUntilThen() {
    // Given
    server.answer(
        _ ->
            new Told(
                429,
                Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "30"),
                "{\"errors\": [\"Rate limit of 1600 requests in 3600 seconds reached.\"]}"));
    asking.ask(ORDERS, 5);
    server.answer(datadog);

    // When
    String why = Asking.why(asking.ask(ORDERS, 5));
    int before = server.asked().size();
    asking.at(asking.now().plusSeconds(31));
    Observation<Readings> later = asking.ask(ORDERS, 5);

    // Then
    assertThat(why).contains("limits our questions until");
    assertThat(before).isEqualTo(1);
    assertThat(Asking.counts(later)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"status\": \"ok\"}",
        "{\"status\": \"error\", \"error\": \"Rule 'scope_expr' didn't match\", \"series\": []}",
        "{\"status\": \"ok\", \"series\": [{\"interval\": 60, \"pointlist\": [[1, 2]]}]}x",
        "{\"status\": \"ok\", \"series\": [{\"interval\": 60, \"pointlist\": [[1796212830000, 2]]}]}",
      })
  void garbageIsUnknown(String body) {
    // Given
    server.answer(_ -> Told.json(body));

    // When, Then
    assertThat(asking.ask(ORDERS, 5)).isInstanceOf(Observation.Unknown.class);
  }
}
