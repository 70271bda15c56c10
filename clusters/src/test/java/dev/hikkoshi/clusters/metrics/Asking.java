package dev.hikkoshi.clusters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.MetricsGateway.Side;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Asks providers about the minutes after noon, at a time that a test says. */
final class Asking implements AutoCloseable {

  static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant NOON = Instant.parse("2026-12-02T12:00:00Z");
  private static final Side SIDE =
      new Side(
          "shop",
          "web",
          "shop-1-37-2",
          "web",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final AwsClients aws = AwsClients.of(AwsSettings.standard().in("ap-northeast-1"));
  private final Supplier<MetricsOptions> options;
  private final Exchange.Limits limits;
  private Optional<Providers> providers = Optional.empty();
  private volatile Instant now = NOON.plus(Duration.ofHours(1));

  Asking(Supplier<MetricsOptions> options) {
    this(options, Exchange.Limits.STANDARD);
  }

  Asking(Supplier<MetricsOptions> options, Exchange.Limits limits) {
    this.options = options;
    this.limits = limits;
  }

  static Instant minute(int n) {
    return NOON.plus(MINUTE.multipliedBy(n));
  }

  static java.util.stream.Stream<Integer> minutes(int n) {
    return IntStream.range(0, n).boxed();
  }

  void at(Instant instant) {
    now = instant;
  }

  Instant now() {
    return now;
  }

  /** About so many minutes since noon. */
  Observation<Readings> ask(Measure measure, int minutes) {
    return ask(measure, new Window(NOON, minute(minutes), MINUTE));
  }

  Observation<Readings> ask(Measure measure, Window window) {
    if (providers.isEmpty()) {
      providers = Optional.of(new Providers(options.get(), aws, limits, () -> now));
    }
    return providers.get().read(measure, SIDE, window);
  }

  static List<Count> counts(Observation<Readings> seen) {
    assertThat(seen).as("%s", seen).isInstanceOf(Observation.Known.class);
    return ((Counts) seen.known().orElseThrow()).blocks();
  }

  static List<Value> values(Observation<Readings> seen) {
    assertThat(seen).as("%s", seen).isInstanceOf(Observation.Known.class);
    return ((Values) seen.known().orElseThrow()).blocks();
  }

  static String why(Observation<Readings> seen) {
    assertThat(seen).as("%s", seen).isInstanceOf(Observation.Unknown.class);
    return ((Observation.Unknown<Readings>) seen).why();
  }

  @Override
  public void close() {
    providers.ifPresent(Providers::close);
    aws.close();
  }
}
