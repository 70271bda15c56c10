package dev.hikkoshi.clusters.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our questions to a real Prometheus that scrapes a real application every quarter of a second. */
class PrometheusIT {

  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** An order each 20 ms, every tenth of them lost: what the application counts. */
  private static final double EACH_SECOND = 50;

  @TempDir static Path folder;
  private static RunningPrometheus prometheus;
  private static Asking asking;
  private static Window window;

  @BeforeAll
  static void start() throws Exception {
    Toolbox toolbox = Toolbox.standard(InstantSource.system(), ProgressListener.silent());
    Optional<Path> binary = toolbox.present(Tool.PROMETHEUS.pinned());
    assumeThat(binary)
        .as("prometheus is not built here: ./hikkoshi tools build prometheus")
        .isPresent();
    prometheus = RunningPrometheus.start(folder, binary.orElseThrow(), EACH_SECOND);
    asking =
        new Asking(
            () ->
                MetricsOptions.of(
                    Map.of(
                        "main",
                        new MetricsOptions.Prometheus(
                            prometheus.url(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ofMillis(500))),
                    Map.of(),
                    Map.of()));
    Instant from = ceil(Instant.now().plus(PERIOD));
    Instant to = from.plus(PERIOD.multipliedBy(4));
    await().atMost(Duration.ofSeconds(90)).until(() -> Instant.now().isAfter(to.plusSeconds(1)));
    window = new Window(from, to, PERIOD);
    asking.at(Instant.now());
  }

  private static Instant ceil(Instant at) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), length) * length);
  }

  @AfterAll
  static void stop() {
    if (asking != null) {
      asking.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }

  private static Measure value(String query) {
    return new Measure.Prometheus("main", new Asked.Value<>(query));
  }

  @Test
  void everyPeriodHasItsOwnCounts() {
    // Given
    Measure orders =
        new Measure.Prometheus(
            "main",
            new Asked.Ratio<>(
                "sum(increase(orders_total{cluster=\"{{cluster}}\",result=\"lost\"}[{{period}}]))",
                "sum(increase(orders_total{cluster=\"{{cluster}}\"}[{{period}}]))"));

    // When
    List<Count> counts = Asking.counts(asking.ask(orders, window));

    // Then
    double expected = EACH_SECOND * PERIOD.toSeconds();
    assertThat(counts).hasSize(4);
    assertThat(counts)
        .allSatisfy(
            c -> {
              assertThat((double) c.total()).isBetween(expected * 0.7, expected * 1.3);
              assertThat((double) c.bad()).isBetween(c.total() * 0.05, c.total() * 0.2);
            });
    assertThat(counts)
        .extracting(Count::from)
        .containsExactly(
            window.from(),
            window.from().plus(PERIOD),
            window.from().plus(PERIOD.multipliedBy(2)),
            window.from().plus(PERIOD.multipliedBy(3)));
  }

  @Test
  void aGaugeIsReadAtTheEndOfEachPeriod() {
    // When
    List<Value> values =
        Asking.values(asking.ask(value("sum(queue_length{cluster=\"{{cluster}}\"})"), window));

    // Then
    assertThat(values).hasSize(4).allSatisfy(v -> assertThat(v.value()).isEqualTo(7));
  }

  @Test
  void aSideThatHasNoSeriesHasNoData() {
    // When
    List<Value> values =
        Asking.values(asking.ask(value("sum(orders_total{cluster=\"x\"})"), window));

    // Then
    assertThat(values).isEmpty();
  }

  @Test
  void whatIsNoNumberIsNoData() {
    // When
    List<Value> values = Asking.values(asking.ask(value("sum(queue_length) * 0 / 0"), window));

    // Then
    assertThat(values).isEmpty();
  }

  @Test
  void aPeriodThatIsNotOverIsLeftOut() {
    // Given
    Window longer = new Window(window.from(), window.to().plusSeconds(3600), PERIOD);

    // When
    List<Value> values = Asking.values(asking.ask(value("sum(queue_length)"), longer));

    // Then
    assertThat(values)
        .isNotEmpty()
        .allSatisfy(v -> assertThat(v.from().plus(PERIOD)).isBeforeOrEqualTo(asking.now()));
  }

  @Test
  void severalSeriesAreUnknown() {
    // When
    Observation<Readings> seen = asking.ask(value("orders_total"), window);

    // Then
    assertThat(Asking.why(seen)).contains("2 series: aggregate to one");
  }

  @Test
  void aMistakeInTheQueryIsUnknownWithItsReason() {
    // When
    Observation<Readings> seen = asking.ask(value("sum(orders_total"), window);

    // Then
    assertThat(Asking.why(seen)).contains("HTTP 400").contains("bad_data");
  }

  @Test
  void aWarningMakesTheAnswerUnknownBecauseAPartMayBeMissing() {
    // When
    Observation<Readings> seen =
        asking.ask(value("histogram_quantile(2, sum by (le) (latency_seconds_bucket))"), window);

    // Then
    assertThat(Asking.why(seen)).contains("it warns").contains("quantile");
  }
}
