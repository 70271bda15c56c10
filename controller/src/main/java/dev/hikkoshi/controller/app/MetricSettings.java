package dev.hikkoshi.controller.app;

import dev.hikkoshi.clusters.metrics.MetricsOptions;
import dev.hikkoshi.clusters.webhook.WebhookOptions;
import dev.hikkoshi.controller.app.Settings.DatadogSettings;
import dev.hikkoshi.controller.app.Settings.NewRelicSettings;
import dev.hikkoshi.controller.app.Settings.PrometheusSettings;
import dev.hikkoshi.controller.app.Settings.WebhookSettings;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** From keys to those who are asked by checks: providers of metrics, and webhooks. */
final class MetricSettings {

  /** What a definition can write as a provider's name. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private MetricSettings() {}

  /**
   * Checks and converts; nobody is asked.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  static MetricsOptions options(Settings.Metrics settings) {
    return new MetricsOptions(
        each("hikkoshi.metrics.prometheus", settings.prometheus(), MetricSettings::prometheus),
        each("hikkoshi.metrics.datadog", settings.datadog(), MetricSettings::datadog),
        each("hikkoshi.metrics.new-relic", settings.newRelic(), MetricSettings::newRelic));
  }

  /**
   * Headers for webhooks.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  static WebhookOptions webhooks(Map<String, WebhookSettings> settings) {
    return new WebhookOptions(
        each(
            "hikkoshi.webhooks",
            settings,
            one -> new WebhookOptions.Header(one.url(), one.credentials())));
  }

  private static <S, O> SortedMap<String, O> each(
      String kind, Map<String, S> settings, Function<S, O> reader) {
    SortedMap<String, O> options = new TreeMap<>();
    settings.forEach(
        (name, one) -> {
          String key = kind + "." + name;
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(key + ": a name is a-z, 0-9, -");
          }
          try {
            options.put(name, reader.apply(one));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
          }
        });
    return options;
  }

  private static MetricsOptions.Prometheus prometheus(PrometheusSettings settings) {
    return new MetricsOptions.Prometheus(
        settings.url(),
        settings.plainHttp(),
        settings.credentials(),
        settings.caFile(),
        settings.tenant(),
        settings.delay());
  }

  private static MetricsOptions.Datadog datadog(DatadogSettings settings) {
    return new MetricsOptions.Datadog(settings.url(), settings.credentials(), settings.delay());
  }

  private static MetricsOptions.NewRelic newRelic(NewRelicSettings settings) {
    return new MetricsOptions.NewRelic(
        settings.account(), settings.url(), settings.credentials(), settings.delay());
  }
}
