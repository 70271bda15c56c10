package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.MetricData;
import dev.hikkoshi.clusters.aws.MetricData.Ask;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Measure.Metric;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Any metric of CloudWatch in the environment's account and region. */
final class CloudWatchProvider implements Provider<Metric> {

  private static final String ONLY = "m";

  private final AwsClients aws;
  private final InstantSource clock;

  CloudWatchProvider(AwsClients aws, InstantSource clock) {
    this.aws = aws;
    this.clock = clock;
  }

  @Override
  public Observation<NavigableMap<Instant, Double>> ask(Metric metric, Window window) {
    Optional<Window> over = Periods.over(window, clock.instant(), Duration.ZERO);
    if (over.isEmpty()) {
      return Observation.known(new TreeMap<>());
    }
    Ask ask =
        new Ask(ONLY, metric.namespace(), metric.name(), metric.statistic(), metric.dimensions());
    return MetricData.read(
            aws.cloudwatch(Optional.empty()),
            "metric " + metric.namespace() + " " + metric.name(),
            List.of(ask),
            window.period(),
            over.get().from(),
            over.get().to())
        .map(data -> data.of(ONLY));
  }

  /**
   * AWS's own services report nothing where nothing happened; others' metrics are not known. Their
   * reports come one by one, so that nothing happened is believed one period later.
   */
  @Override
  public Instant zeroUntil(Metric bad, Window window) {
    return bad.namespace().startsWith("AWS/")
        ? clock.instant().minus(window.period())
        : Instant.MIN;
  }
}
