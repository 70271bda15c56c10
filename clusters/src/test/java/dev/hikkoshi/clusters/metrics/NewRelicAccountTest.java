package dev.hikkoshi.clusters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.metrics.PlayedServer.Told;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Value;
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

class NewRelicAccountTest {

  private static final Measure ORDERS =
      new Measure.NewRelic(
          "eu",
          new Asked.Ratio<>(
              "SELECT count(*) FROM Order WHERE cluster = '{{cluster}}' AND lost IS TRUE",
              "SELECT count(*) FROM Order WHERE cluster = '{{cluster}}'"));
  private static final Measure SLOWEST =
      new Measure.NewRelic(
          "eu", new Asked.Value<>("SELECT percentile(duration, 99) FROM Transaction"));

  @TempDir Path credentials;
  private PlayedServer server;
  private PlayedNewRelic newRelic;
  private Asking asking;

  @BeforeEach
  void open() throws IOException {
    newRelic = new PlayedNewRelic(at -> "\"count\": " + at / 60 % 10);
    server = new PlayedServer(newRelic);
    Files.writeString(credentials.resolve("api-key"), "NRAK-KEY\n");
    asking =
        new Asking(
            () ->
                MetricsOptions.of(
                    Map.of(),
                    Map.of(),
                    Map.of(
                        "eu",
                        new MetricsOptions.NewRelic(
                            1234567, server.url(), credentials, Duration.ofSeconds(60)))));
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
    assertThat(newRelic.queries.getFirst())
        .startsWith("SELECT count(*) FROM Order WHERE cluster = 'shop-1-37-2' SINCE ");
    assertThat(server.asked()).allSatisfy(a -> assertThat(a.body()).contains("1234567"));
  }

  @Test
  void aPercentileIsNestedOnceAndNoDataIsNull() {
    // Given
    server.answer(
        new PlayedNewRelic(
            at ->
                at == Asking.minute(1).getEpochSecond()
                    ? "\"percentile.duration\": {\"99\": null}"
                    : "\"percentile.duration\": {\"99\": 0.25}"));

    // When
    List<Value> values = Asking.values(asking.ask(SLOWEST, 3));

    // Then
    assertThat(values)
        .containsExactly(new Value(Asking.minute(0), 0.25), new Value(Asking.minute(2), 0.25));
  }

  @Test
  void aLongWindowIsAskedInPartsThatNerdGraphTakes() {
    // When
    asking.at(Asking.minute(900));
    List<Value> values =
        Asking.values(
            asking.ask(
                new Measure.NewRelic("eu", new Asked.Value<>("SELECT count(*) FROM Order")), 800));

    // Then
    assertThat(values).hasSize(800);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void aFacetOrTwoNumbersAreUnknown() {
    // Given
    server.answer(new PlayedNewRelic(_ -> "\"count\": 1, \"facet\": \"a\""));

    // When, Then
    assertThat(Asking.why(asking.ask(ORDERS, 5))).contains("one number, without FACET");
  }

  @Test
  void errorsComeWithStatus200AndAreUnknown() {
    // Given
    server.answer(_ -> PlayedNewRelic.error("NRDB:1106911: Query exceeded its timeout"));

    // When, Then
    assertThat(Asking.why(asking.ask(ORDERS, 5))).contains("Query exceeded its timeout");
  }

  @Test
  void aWrongKeyIsUnknownAndInNoMessage() throws IOException {
    // Given
    Files.writeString(credentials.resolve("api-key"), "NRAK-ANOTHER");

    // When, Then
    assertThat(Asking.why(asking.ask(ORDERS, 5)))
        .contains("401")
        .contains("Invalid credentials")
        .doesNotContain("NRAK");
  }

  @Test
  void aKeyThatCannotBeAHeaderIsNotSent() throws IOException {
    // Given
    Files.writeString(credentials.resolve("api-key"), "NRAK\nX-Injected: 1");

    // When
    String why = Asking.why(asking.ask(ORDERS, 5));

    // Then
    assertThat(why).contains("not one line").doesNotContain("Injected");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"data\": {\"actor\": {\"account\": {\"nrql\": {\"results\": [{\"count\": 3}]}}}}}",
        "{\"data\": {\"actor\": {\"account\": {\"nrql\": {\"results\": [[]]}}}}}",
      })
  void garbageIsUnknown(String body) {
    // Given
    server.answer(_ -> Told.json(body));

    // When
    Observation<Readings> seen = asking.ask(ORDERS, 5);

    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }
}
