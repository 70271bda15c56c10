package dev.hikkoshi.clusters.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.metrics.PlayedServer.Asked;
import dev.hikkoshi.clusters.metrics.PlayedServer.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NerdGraph's NRQL as its tutorial says it (docs.newrelic.com/docs/apis/nerdgraph/examples/
 * nerdgraph-nrql-tutorial; TIMESERIES: docs.newrelic.com/docs/nrql/nrql-syntax-clauses-functions):
 * a user key in {@code API-Key}, a GraphQL document with variables, one object for each bucket, and
 * errors with status 200. Whatever a request lacks is an error, as there.
 */
final class PlayedNewRelic implements java.util.function.Function<Asked, Told> {

  private static final Pattern RANGE =
      Pattern.compile("(SELECT .*) SINCE (\\d{13}) UNTIL (\\d{13}) TIMESERIES (\\d+) seconds");
  private static final int MOST_BUCKETS = 366;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LongFunction<String> selected;
  final List<String> queries = new ArrayList<>();

  /** What a bucket has beside its times, by the second in which it begins. */
  PlayedNewRelic(LongFunction<String> selected) {
    this.selected = selected;
  }

  @Override
  public Told apply(Asked asked) {
    if (asked.header("API-Key").filter("NRAK-KEY"::equals).isEmpty()) {
      return Told.status(401, "{\"errors\": [{\"message\": \"Invalid credentials\"}]}");
    }
    if (!asked.method().equals("POST")
        || !asked.path().equals("/graphql")
        || !asked.query().isEmpty()
        || asked.header("Content-Type").filter(t -> t.startsWith("application/json")).isEmpty()) {
      return Told.status(400, "{\"errors\": [{\"message\": \"Malformed request\"}]}");
    }
    try {
      return answered(JSON.readTree(asked.body()));
    } catch (JsonProcessingException e) {
      return Told.status(400, "{\"errors\": [{\"message\": \"Not JSON\"}]}");
    }
  }

  private Told answered(JsonNode body) {
    String document = body.path("query").asText();
    JsonNode variables = body.path("variables");
    for (String part :
        List.of("$account: Int!", "$nrql: Nrql!", "account(id: $account)", "nrql(")) {
      if (!document.contains(part)) {
        return error("Syntax error before: " + part.replace("\"", ""));
      }
    }
    if (!variables.path("account").isInt() || !variables.path("timeout").isInt()) {
      return error("Argument has invalid value");
    }
    String nrql = variables.path("nrql").asText();
    synchronized (queries) {
      queries.add(nrql);
    }
    Matcher range = RANGE.matcher(nrql);
    if (!range.matches()) {
      return error("NRQL Syntax Error: Error at line 1");
    }
    return buckets(
        Long.parseLong(range.group(2)) / 1000,
        Long.parseLong(range.group(3)) / 1000,
        Long.parseLong(range.group(4)));
  }

  private Told buckets(long from, long to, long length) {
    if ((to - from) / length > MOST_BUCKETS) {
      return error("TIMESERIES supports a maximum of 366 buckets");
    }
    List<String> all = new ArrayList<>();
    for (long at = from; at < to; at += length) {
      all.add(
          "{\"beginTimeSeconds\": %d, \"endTimeSeconds\": %d, %s}"
              .formatted(at, at + length, selected.apply(at)));
    }
    return Told.json(
        "{\"data\": {\"actor\": {\"account\": {\"nrql\": {\"results\": [%s]}}}}}"
            .formatted(String.join(", ", all)));
  }

  static Told error(String message) {
    return Told.json(
        "{\"data\": {\"actor\": {\"account\": {\"nrql\": null}}}, \"errors\": [{\"message\": \"%s\", \"extensions\": {\"errorClass\": \"SERVER_ERROR\"}}]}"
            .formatted(message));
  }
}
