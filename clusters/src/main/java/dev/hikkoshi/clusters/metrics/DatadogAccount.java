package dev.hikkoshi.clusters.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.metrics.Exchange.Answer;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Datadog's timeseries query, version 1
 * (docs.datadoghq.com/api/latest/metrics/query-timeseries-points).
 *
 * <p>Datadog chooses the length of its buckets by itself unless the query says it; one that is not
 * ours makes the answer unknown, for its values would be of other periods. An organisation may ask
 * 1,600 times an hour, so an answer about periods that are reported is kept and not asked for
 * again.
 */
final class DatadogAccount implements Provider<String> {

  /** Fewer than the points at which Datadog begins to merge buckets (1,500). */
  private static final int MOST_PERIODS = 1_000;

  private static final int KEPT = 256;

  private final String what;
  private final Address address;
  private final Credentials credentials;
  private final Duration delay;
  private final Exchange exchange;
  private final InstantSource clock;
  private final LinkedHashMap<Question, NavigableMap<Instant, Double>> answers =
      new LinkedHashMap<>();

  private record Question(String query, Window window) {}

  DatadogAccount(
      String name, MetricsOptions.Datadog options, Exchange exchange, InstantSource clock) {
    this.what = "datadog " + name;
    this.address = Address.of(options.url(), false);
    this.credentials = new Credentials(options.credentials());
    this.delay = options.delay();
    this.exchange = exchange;
    this.clock = clock;
  }

  @Override
  public Observation<NavigableMap<Instant, Double>> ask(String query, Window window) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (Window over : Periods.over(window, clock.instant(), delay).stream().toList()) {
      for (Window part : Periods.parts(over, MOST_PERIODS)) {
        Observation<NavigableMap<Instant, Double>> some = known(new Question(query, part));
        if (some.known().isEmpty()) {
          return some;
        }
        some.known().ifPresent(values::putAll);
      }
    }
    return Observation.known(values);
  }

  private Observation<NavigableMap<Instant, Double>> known(Question question) {
    synchronized (answers) {
      NavigableMap<Instant, Double> kept = answers.get(question);
      if (kept != null) {
        return Observation.known(kept);
      }
    }
    Observation<NavigableMap<Instant, Double>> answer =
        exchange.ask(what, () -> request(question)).flatMap(a -> read(a, question.window()));
    answer.known().ifPresent(values -> keep(question, values));
    return answer;
  }

  private void keep(Question question, NavigableMap<Instant, Double> values) {
    synchronized (answers) {
      answers.put(question, values);
      while (answers.size() > KEPT) {
        answers.pollFirstEntry();
      }
    }
  }

  private HttpRequest request(Question question) {
    String path =
        "/api/v1/query?from=%d&to=%d&query=%s"
            .formatted(
                question.window().from().getEpochSecond(),
                question.window().to().getEpochSecond(),
                URLEncoder.encode(question.query(), StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(address.at(path))
        .header("Accept", "application/json")
        .header("DD-API-KEY", credentials.need("api-key"))
        .header("DD-APPLICATION-KEY", credentials.need("app-key"))
        .GET()
        .build();
  }

  private Observation<NavigableMap<Instant, Double>> read(Answer answer, Window window) {
    return Said.json(what, answer)
        .flatMap(
            json -> {
              Optional<String> error = error(answer.status(), json);
              if (error.isPresent()) {
                return Observation.unknown(what, error.get());
              }
              JsonNode series = json.path("series");
              if (!series.isArray()) {
                return Observation.unknown(what, "an answer without series");
              }
              if (series.size() > 1) {
                return Observation.unknown(
                    what, "the query gives %d series: aggregate to one".formatted(series.size()));
              }
              return series.isEmpty()
                  ? Observation.known(new TreeMap<>())
                  : values(series.get(0), window);
            });
  }

  /** {@code {"errors": [...]}} beside a status, or {@code {"status": "error", "error": …}}. */
  private static Optional<String> error(int status, JsonNode json) {
    String stated = json.path("status").asText("");
    if (status == 200 && stated.equals("ok")) {
      return Optional.empty();
    }
    String text =
        Said.texts(json.path("errors"), "detail").orElse(json.path("error").asText(stated));
    return Optional.of("HTTP %d, %s".formatted(status, Said.cut(text)));
  }

  private Observation<NavigableMap<Instant, Double>> values(JsonNode series, Window window) {
    long interval = series.path("interval").asLong();
    if (interval != window.period().toSeconds()) {
      return Observation.unknown(
          what,
          "buckets of %d s, not %d: end the query with .rollup(sum, {{seconds}}) or another"
              .formatted(interval, window.period().toSeconds()));
    }
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (JsonNode point : series.path("pointlist")) {
      Instant at = Instant.ofEpochMilli(Math.round(point.path(0).asDouble(Double.NaN)));
      boolean asked = !at.isBefore(window.from()) && at.isBefore(window.to());
      if (!asked || point.path(1).isNull()) {
        continue; // the bucket in which the window ends, or no data
      }
      if (!Periods.begins(window, at) || !point.path(1).isNumber()) {
        return Observation.unknown(what, "a point at %s that is none of ours".formatted(at));
      }
      values.put(at, point.path(1).asDouble());
    }
    return Observation.known(values);
  }
}
