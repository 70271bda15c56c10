package dev.hikkoshi.clusters.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.metrics.Exchange.Answer;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * PromQL over a range (prometheus.io/docs/prometheus/latest/querying/api), as Prometheus, Thanos,
 * Mimir and VictoriaMetrics answer it.
 *
 * <p>A query is evaluated at the end of each period, so with {@code [{{period}}]} as its range it
 * is about that period and no other. {@code lookback_delta} is one period: without it a gauge whose
 * target is gone would be read on for five minutes. Warnings make the answer unknown, for they are
 * how a server says that a part is missing. Several series are unknown too: which of them is the
 * side, nobody said.
 */
final class PrometheusServer implements Provider<String> {

  /** A server refuses more than 11,000 points of a series. */
  private static final int MOST_PERIODS = 10_000;

  private static final Duration EVALUATION = Duration.ofSeconds(10);

  private final String what;
  private final Address address;
  private final Optional<Credentials> credentials;
  private final Optional<String> tenant;
  private final Duration delay;
  private final Exchange exchange;
  private final InstantSource clock;

  PrometheusServer(
      String name, MetricsOptions.Prometheus options, Exchange exchange, InstantSource clock) {
    this.what = "prometheus " + name;
    this.address = Address.of(options.url(), options.plain());
    this.credentials = options.credentials().map(Credentials::new);
    this.tenant = options.tenant();
    this.delay = options.delay();
    this.exchange = exchange;
    this.clock = clock;
  }

  @Override
  public Observation<NavigableMap<Instant, Double>> ask(String query, Window window) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (Window over : Periods.over(window, clock.instant(), delay).stream().toList()) {
      for (Window part : Periods.parts(over, MOST_PERIODS)) {
        Observation<NavigableMap<Instant, Double>> some =
            exchange.ask(what, () -> request(query, part)).flatMap(answer -> read(answer, part));
        if (some.known().isEmpty()) {
          return some;
        }
        some.known().ifPresent(values::putAll);
      }
    }
    return Observation.known(values);
  }

  private HttpRequest request(String query, Window window) {
    Map<String, String> form =
        Map.of(
            "query",
            query,
            "start",
            seconds(window.from().plus(window.period())),
            "end",
            seconds(window.to()),
            "step",
            window.period().toMillis() / 1000.0 + "",
            "lookback_delta",
            window.period().toMillis() / 1000.0 + "",
            "timeout",
            EVALUATION.toSeconds() + "s");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.at("/api/v1/query_range"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(encoded(form)));
    tenant.ifPresent(id -> request.header("X-Scope-OrgID", id));
    credentials.ifPresent(c -> request.header("Authorization", authorization(c)));
    return request.build();
  }

  private static String authorization(Credentials credentials) {
    Optional<String> token = credentials.text("token");
    if (token.isPresent()) {
      return "Bearer " + token.get();
    }
    String pair = credentials.need("username") + ":" + credentials.need("password");
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String seconds(Instant at) {
    return at.toEpochMilli() / 1000 + ".%03d".formatted(at.toEpochMilli() % 1000);
  }

  private Observation<NavigableMap<Instant, Double>> read(Answer answer, Window window) {
    if (answer.status() == 401 || answer.status() == 403) {
      return Observation.unknown(what, "HTTP %d: not let in".formatted(answer.status()));
    }
    return Said.json(what, answer).flatMap(json -> read(answer.status(), json, window));
  }

  private Observation<NavigableMap<Instant, Double>> read(
      int status, JsonNode json, Window window) {
    if (status != 200 || !json.path("status").asText().equals("success")) {
      String text = json.path("errorType").asText("") + ": " + json.path("error").asText("");
      return Observation.unknown(what, "HTTP %d, %s".formatted(status, Said.cut(text)));
    }
    Optional<String> warnings = Said.texts(json.path("warnings"), "");
    if (warnings.isPresent()) {
      return Observation.unknown(what, "it warns: " + warnings.get());
    }
    JsonNode series = json.path("data").path("result");
    if (!json.path("data").path("resultType").asText().equals("matrix") || !series.isArray()) {
      return Observation.unknown(what, "an answer that is no matrix");
    }
    if (series.size() > 1) {
      return Observation.unknown(
          what, "the query gives %d series: aggregate to one".formatted(series.size()));
    }
    return values(series.path(0).path("values"), window);
  }

  /** Pairs of seconds and a number as text; {@code NaN} and {@code +Inf} among them. */
  private Observation<NavigableMap<Instant, Double>> values(JsonNode pairs, Window window) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (JsonNode pair : pairs) {
      Instant end = Instant.ofEpochMilli(Math.round(pair.path(0).asDouble() * 1000));
      Instant from = end.minus(window.period());
      if (!Periods.begins(window, from)) {
        return Observation.unknown(what, "a value at " + end + ", which was not asked for");
      }
      Optional<Double> value = Numbers.parse(pair.path(1).asText());
      if (value.isEmpty()) {
        return Observation.unknown(what, "a value that is no number at " + end);
      }
      values.put(from, value.get());
    }
    return Observation.known(values);
  }
}
