package dev.hikkoshi.clusters.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Providers of metrics that an installation may ask, by the names that definitions use. CloudWatch
 * is AWS's and needs no entry.
 */
public record MetricsOptions(
    SortedMap<String, Prometheus> prometheus,
    SortedMap<String, Datadog> datadog,
    SortedMap<String, NewRelic> newRelic) {

  public MetricsOptions {
    prometheus = new TreeMap<>(prometheus);
    datadog = new TreeMap<>(datadog);
    newRelic = new TreeMap<>(newRelic);
  }

  /** Only CloudWatch. */
  public static MetricsOptions none() {
    return new MetricsOptions(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** The options with these. */
  public static MetricsOptions of(
      Map<String, Prometheus> prometheus,
      Map<String, Datadog> datadog,
      Map<String, NewRelic> newRelic) {
    return new MetricsOptions(
        new TreeMap<>(prometheus), new TreeMap<>(datadog), new TreeMap<>(newRelic));
  }

  /**
   * A server that speaks Prometheus' HTTP API.
   *
   * @param url https, or http on loopback; with the path before {@code /api/v1}
   * @param plain whether http is allowed beyond loopback, as to a service in the same cluster;
   *     refused together with credentials
   * @param credentials folder with {@code token}, or {@code username} and {@code password}
   * @param ca file with the certificates that are trusted instead of the usual ones, PEM
   * @param tenant sent as {@code X-Scope-OrgID}
   * @param delay until a period that is over has all its samples
   */
  public record Prometheus(
      String url,
      boolean plain,
      Optional<Path> credentials,
      Optional<Path> ca,
      Optional<String> tenant,
      Duration delay) {

    public Prometheus {
      if (plain && (credentials.isPresent() || ca.isPresent())) {
        throw new IllegalArgumentException("credentials are not sent over plain http");
      }
      Address.of(url, plain);
    }
  }

  /**
   * A Datadog organisation.
   *
   * @param url of its site, for example {@code https://api.datadoghq.eu}
   * @param credentials folder with {@code api-key} and {@code app-key}
   * @param delay until a period that is over has all its points
   */
  public record Datadog(String url, Path credentials, Duration delay) {

    public Datadog {
      Address.of(url, false);
    }
  }

  /**
   * A New Relic account.
   *
   * @param url {@code https://api.newrelic.com} or {@code https://api.eu.newrelic.com}
   * @param credentials folder with {@code api-key}, a user key
   * @param delay until a period that is over has all its events
   */
  public record NewRelic(int account, String url, Path credentials, Duration delay) {

    public NewRelic {
      Address.of(url, false);
    }
  }
}
