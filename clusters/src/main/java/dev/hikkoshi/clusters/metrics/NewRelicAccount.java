package dev.hikkoshi.clusters.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.metrics.Exchange.Answer;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NRQL through NerdGraph (docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial):
 * {@code POST /graphql} with the header {@code API-Key}. Errors come with status 200 in {@code
 * errors}; a query that is not done within its timeout is one of them.
 */
final class NewRelicAccount implements Provider<String> {

  /** "TIMESERIES supports a maximum of 366 buckets". */
  private static final int MOST_PERIODS = 366;

  private static final int TIMEOUT = 10;
  private static final String QUERY =
      "query($account: Int!, $nrql: Nrql!, $timeout: Seconds!) { actor { account(id: $account)"
          + " { nrql(query: $nrql, timeout: $timeout) { results } } } }";

  private final String what;
  private final Address address;
  private final int account;
  private final Credentials credentials;
  private final Duration delay;
  private final Exchange exchange;
  private final InstantSource clock;

  NewRelicAccount(
      String name, MetricsOptions.NewRelic options, Exchange exchange, InstantSource clock) {
    this.what = "newRelic " + name;
    this.address = Address.of(options.url(), false);
    this.account = options.account();
    this.credentials = new Credentials(options.credentials());
    this.delay = options.delay();
    this.exchange = exchange;
    this.clock = clock;
  }

  @Override
  public Observation<NavigableMap<Instant, Double>> ask(String nrql, Window window) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (Window over : Periods.over(window, clock.instant(), delay).stream().toList()) {
      for (Window part : Periods.parts(over, MOST_PERIODS)) {
        Observation<NavigableMap<Instant, Double>> some =
            exchange.ask(what, () -> request(nrql, part)).flatMap(answer -> read(answer, part));
        if (some.known().isEmpty()) {
          return some;
        }
        some.known().ifPresent(values::putAll);
      }
    }
    return Observation.known(values);
  }

  private HttpRequest request(String nrql, Window window) {
    String whole =
        "%s SINCE %d UNTIL %d TIMESERIES %d seconds"
            .formatted(
                nrql,
                window.from().toEpochMilli(),
                window.to().toEpochMilli(),
                window.period().toSeconds());
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", QUERY);
    body.putObject("variables").put("account", account).put("nrql", whole).put("timeout", TIMEOUT);
    return HttpRequest.newBuilder(address.at("/graphql"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .header("API-Key", credentials.need("api-key"))
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private Observation<NavigableMap<Instant, Double>> read(Answer answer, Window window) {
    return Said.json(what, answer)
        .flatMap(
            json -> {
              Optional<String> errors = Said.texts(json.path("errors"), "message");
              if (answer.status() != 200 || errors.isPresent()) {
                String text = errors.orElse("no reason given");
                return Observation.unknown(what, "HTTP %d, %s".formatted(answer.status(), text));
              }
              JsonNode results =
                  json.path("data").path("actor").path("account").path("nrql").path("results");
              return results.isArray()
                  ? values(results, window)
                  : Observation.unknown(what, "an answer without results");
            });
  }

  /** One object for each bucket: when it begins and ends, and what was selected. */
  private Observation<NavigableMap<Instant, Double>> values(JsonNode results, Window window) {
    NavigableMap<Instant, Double> values = new TreeMap<>();
    for (JsonNode bucket : results) {
      Instant at = Instant.ofEpochSecond(bucket.path("beginTimeSeconds").asLong(-1));
      Instant end = Instant.ofEpochSecond(bucket.path("endTimeSeconds").asLong(-1));
      if (!Periods.begins(window, at) || !end.equals(at.plus(window.period()))) {
        return Observation.unknown(what, "a bucket from %s to %s".formatted(at, end));
      }
      Optional<JsonNode> selected = selected(bucket);
      if (selected.isEmpty() || values.containsKey(at)) {
        return Observation.unknown(what, "select one number, without FACET");
      }
      if (!selected.get().isNull()) {
        values.put(at, selected.get().asDouble());
      }
    }
    return Observation.known(values);
  }

  /** The one number or null that is neither time nor facet; {@code percentile} nests it once. */
  private static Optional<JsonNode> selected(JsonNode bucket) {
    List<JsonNode> others = new ArrayList<>();
    for (var field : bucket.properties()) {
      if (!field.getKey().endsWith("TimeSeconds")) {
        others.add(field.getValue());
      }
    }
    if (others.size() != 1) {
      return Optional.empty();
    }
    JsonNode only = others.getFirst();
    JsonNode inner = only.isObject() && only.size() == 1 ? only.iterator().next() : only;
    return inner.isNumber() || inner.isNull() ? Optional.of(inner) : Optional.empty();
  }
}
