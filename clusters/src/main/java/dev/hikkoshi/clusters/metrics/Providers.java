package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import dev.hikkoshi.environments.port.Measure.Metric;
import dev.hikkoshi.environments.port.MetricsGateway;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All providers of an installation behind the one port. Thread-safe; nothing is asked to open it.
 */
public final class Providers implements MetricsGateway, AutoCloseable {

  private final RouteMetrics routes;
  private final CloudWatchProvider cloudwatch;
  private final Map<String, PrometheusServer> prometheus = new HashMap<>();
  private final Map<String, DatadogAccount> datadog = new HashMap<>();
  private final Map<String, NewRelicAccount> newRelic = new HashMap<>();
  private final List<Exchange> open = new ArrayList<>();

  /**
   * The providers that options name.
   *
   * @throws IllegalArgumentException where a certificate file is not readable
   */
  public Providers(MetricsOptions options, AwsClients aws, InstantSource clock) {
    this(options, aws, Exchange.Limits.STANDARD, clock);
  }

  Providers(MetricsOptions options, AwsClients aws, Exchange.Limits limits, InstantSource clock) {
    this.routes = new RouteMetrics(aws, clock);
    this.cloudwatch = new CloudWatchProvider(aws, clock);
    options
        .prometheus()
        .forEach(
            (name, o) -> {
              Exchange exchange = new Exchange(o.ca().map(Trust::only), limits, clock);
              open.add(exchange);
              prometheus.put(name, new PrometheusServer(name, o, exchange, clock));
            });
    options
        .datadog()
        .forEach(
            (name, o) ->
                datadog.put(name, new DatadogAccount(name, o, exchange(limits, clock), clock)));
    options
        .newRelic()
        .forEach(
            (name, o) ->
                newRelic.put(name, new NewRelicAccount(name, o, exchange(limits, clock), clock)));
  }

  private Exchange exchange(Exchange.Limits limits, InstantSource clock) {
    Exchange exchange = new Exchange(Optional.empty(), limits, clock);
    open.add(exchange);
    return exchange;
  }

  @Override
  public Observation<Readings> read(Measure measure, Side side, Window window) {
    UnaryOperator<String> filled = text -> side.fill(text, window.period());
    return switch (measure) {
      case Measure.RouteErrors() -> routes.errors(side, window);
      case Measure.RouteLatency(String statistic) -> routes.latency(statistic, side, window);
      case Measure.CloudWatch(Asked<Metric> asked) ->
          Blocks.read("cloudwatch", cloudwatch, metrics(asked, filled), window);
      case Measure.Prometheus(String server, Asked<String> asked) ->
          read("prometheus", server, prometheus, texts(asked, filled), window);
      case Measure.Datadog(String account, Asked<String> asked) ->
          read("datadog", account, datadog, texts(asked, filled), window);
      case Measure.NewRelic(String account, Asked<String> asked) ->
          read("newRelic", account, newRelic, texts(asked, filled), window);
    };
  }

  private static Observation<Readings> read(
      String kind,
      String name,
      Map<String, ? extends Provider<String>> providers,
      Asked<String> asked,
      Window window) {
    String what = kind + " " + name;
    Provider<String> provider = providers.get(name);
    if (provider == null) {
      String text = "the controller's configuration has no hikkoshi.metrics.%s.%s";
      return Observation.unknown(
          what, text.formatted(kind.equals("newRelic") ? "new-relic" : kind, name));
    }
    return Blocks.read(what, provider, asked, window);
  }

  private static Asked<String> texts(Asked<String> asked, UnaryOperator<String> filled) {
    return switch (asked) {
      case Asked.Ratio<String>(String bad, String total) ->
          new Asked.Ratio<>(filled.apply(bad), filled.apply(total));
      case Asked.Value<String>(String of) -> new Asked.Value<>(filled.apply(of));
    };
  }

  private static Asked<Metric> metrics(Asked<Metric> asked, UnaryOperator<String> filled) {
    return switch (asked) {
      case Asked.Ratio<Metric>(Metric bad, Metric total) ->
          new Asked.Ratio<>(metric(bad, filled), metric(total, filled));
      case Asked.Value<Metric>(Metric of) -> new Asked.Value<>(metric(of, filled));
    };
  }

  private static Metric metric(Metric metric, UnaryOperator<String> filled) {
    SortedMap<String, String> dimensions = new TreeMap<>();
    metric.dimensions().forEach((name, value) -> dimensions.put(name, filled.apply(value)));
    return new Metric(metric.namespace(), metric.name(), metric.statistic(), dimensions);
  }

  @Override
  public void close() {
    open.forEach(Exchange::close);
  }
}
