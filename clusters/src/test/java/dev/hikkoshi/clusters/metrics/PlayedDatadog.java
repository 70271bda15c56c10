package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.clusters.metrics.PlayedServer.Asked;
import dev.hikkoshi.clusters.metrics.PlayedServer.Told;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Datadog's timeseries query as its reference says it (docs.datadoghq.com/api/latest/metrics, Query
 * timeseries points; rollup: docs.datadoghq.com/dashboards/functions/rollup): keys in two headers,
 * {@code from}, {@code to} in seconds and {@code query}, points as pairs of milliseconds and a
 * value or null, buckets aligned to their length. Whatever a request lacks is refused.
 */
final class PlayedDatadog implements Function<Asked, Told> {

  private static final Pattern ROLLUP = Pattern.compile("\\.rollup\\((sum|avg|max|min), (\\d+)\\)");

  /** What Datadog chooses by itself for an hour. */
  private static final int CHOSEN = 20;

  private final Function<Long, Double> values;
  int series = 1;

  /** Values by the second in which a bucket begins; NaN for none. */
  PlayedDatadog(Function<Long, Double> values) {
    this.values = values;
  }

  @Override
  public Told apply(Asked asked) {
    if (asked.header("DD-API-KEY").filter("an-api-key"::equals).isEmpty()
        || asked.header("DD-APPLICATION-KEY").filter("an-app-key"::equals).isEmpty()) {
      return Told.status(403, "{\"errors\": [\"Forbidden\"]}");
    }
    Map<String, String> form = form(asked.query());
    if (!asked.method().equals("GET") || !asked.path().equals("/api/v1/query")) {
      return Told.status(404, "{\"errors\": [\"Not found\"]}");
    }
    if (!form.keySet().equals(java.util.Set.of("from", "to", "query"))) {
      return Told.status(400, "{\"errors\": [\"The following parameters: from, to, query\"]}");
    }
    long from = Long.parseLong(form.get("from"));
    long to = Long.parseLong(form.get("to"));
    Matcher rollup = ROLLUP.matcher(form.get("query"));
    long interval = rollup.find() ? Long.parseLong(rollup.group(2)) : CHOSEN;
    List<String> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      all.add(
          "{\"metric\": \"m\", \"interval\": %d, \"start\": %d, \"end\": %d, \"pointlist\": [%s]}"
              .formatted(interval, from * 1000, to * 1000 - 1, points(from, to, interval)));
    }
    return Told.json(
        "{\"status\": \"ok\", \"res_type\": \"time_series\", \"from_date\": %d, \"to_date\": %d, \"series\": [%s]}"
            .formatted(from * 1000, to * 1000, String.join(", ", all)));
  }

  /** The bucket in which the window ends is there too, as Datadog has it. */
  private String points(long from, long to, long interval) {
    List<String> points = new ArrayList<>();
    for (long at = from - from % interval; at <= to; at += interval) {
      Double value = values.apply(at);
      points.add("[%d.0, %s]".formatted(at * 1000, value.isNaN() ? "null" : value.toString()));
    }
    return String.join(", ", points);
  }

  static Map<String, String> form(String query) {
    Map<String, String> form = new HashMap<>();
    for (String pair : query.split("&")) {
      int at = pair.indexOf('=');
      form.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return form;
  }
}
