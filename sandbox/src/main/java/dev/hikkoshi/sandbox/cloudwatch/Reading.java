package dev.hikkoshi.sandbox.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operations that read: GetMetricData, GetMetricStatistics, ListMetrics. */
final class Reading {

  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");
  private static final int MOST_QUERIES = 500;
  private static final int MOST_DATAPOINTS = 100_800;
  private static final int MOST_STATISTICS = 1440;
  private static final int METRICS_PER_PAGE = 500;

  private final MetricStore store;

  Reading(MetricStore store) {
    this.store = store;
  }

  private record Query(String id, String label, MetricId metric, Duration period, String stat) {}

  private record Point(Instant at, double value) {}

  private record Span(Instant start, Instant end) {

    static Span of(Form form) {
      Instant start = Tree.time("StartTime", form.need("StartTime"));
      Instant end = Tree.time("EndTime", form.need("EndTime"));
      if (!start.isBefore(end)) {
        throw invalid("ValidationError", "The parameter EndTime must be greater than StartTime.");
      }
      return new Span(start, end);
    }
  }

  private static AwsException invalid(String code, String message) {
    return new AwsException(400, code, message);
  }

  /** GetMetricData, in pages of MaxDatapoints. */
  ObjectNode data(Form form) {
    Span span = Span.of(form);
    List<Query> queries = queries(form);
    boolean ascending = form.one("ScanBy").orElse("").equals("TimestampAscending");
    int most = form.number("MaxDatapoints").orElse(MOST_DATAPOINTS);
    if (most < 1 || most > MOST_DATAPOINTS) {
      throw invalid("ValidationError", "MaxDatapoints must be between 1 and " + MOST_DATAPOINTS);
    }
    int from = form.one("NextToken").filter(t -> !t.isEmpty()).map(Reading::offset).orElse(0);
    ObjectNode answer = Tree.JSON.createObjectNode();
    ArrayNode results = answer.putArray("MetricDataResults");
    int before = 0;
    int until = from + most;
    for (Query query : queries) {
      List<Point> points = points(query, span, ascending);
      int first = Math.clamp(from - before, 0, points.size());
      int last = Math.clamp(until - before, 0, points.size());
      result(results.addObject(), query, points.subList(first, last), last < points.size());
      before += points.size();
    }
    if (before > until) {
      answer.put("NextToken", token(until));
    }
    answer.putArray("Messages");
    return answer;
  }

  private static void result(ObjectNode into, Query query, List<Point> points, boolean partial) {
    into.put("Id", query.id()).put("Label", query.label());
    ArrayNode times = into.putArray("Timestamps");
    points.forEach(point -> times.add(Tree.time(point.at())));
    ArrayNode values = into.putArray("Values");
    points.forEach(point -> values.add(point.value()));
    into.put("StatusCode", partial ? "PartialData" : "Complete");
  }

  private List<Query> queries(Form form) {
    List<Form> sent = form.structures("MetricDataQueries.member");
    if (sent.isEmpty() || sent.size() > MOST_QUERIES) {
      throw invalid(
          "ValidationError", "MetricDataQueries must have 1 to " + MOST_QUERIES + " members");
    }
    List<Query> queries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Form one : sent) {
      String id = one.need("Id");
      if (!ID.matcher(id).matches() || !ids.add(id)) {
        throw invalid(
            "ValidationError",
            "The value '%s' for parameter MetricDataQueries.Id is not matching the expected pattern or not unique"
                .formatted(id));
      }
      Form stat = one.within("MetricStat");
      if (stat.isEmpty()) {
        throw invalid("ValidationError", "The sandbox plays MetricStat, not Expression: " + id);
      }
      MetricId metric = metric(stat.within("Metric"));
      Query query =
          new Query(
              id,
              one.one("Label").orElse(metric.name()),
              metric,
              period(stat),
              statistic(stat.need("Stat")));
      if (!one.one("ReturnData").orElse("true").equals("false")) {
        queries.add(query);
      }
    }
    return queries;
  }

  private static MetricId metric(Form form) {
    return MetricId.of(form.need("Namespace"), form.need("MetricName"), dimensions(form));
  }

  private static SortedMap<String, String> dimensions(Form form) {
    SortedMap<String, String> all = new TreeMap<>();
    form.structures("Dimensions.member")
        .forEach(d -> all.put(d.need("Name"), d.one("Value").orElse("")));
    return all;
  }

  /** "Valid values are 1, 5, 10, 20, 30, or any multiple of 60" (API_MetricStat.html). */
  private static Duration period(Form form) {
    form.need("Period");
    int seconds = form.number("Period").orElseThrow();
    boolean fine = Set.of(1, 5, 10, 20, 30).contains(seconds);
    if (seconds < 1 || seconds > 86_400 || !fine && seconds % 60 != 0) {
      throw invalid(
          "ValidationError",
          "The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60, not " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  private static String statistic(String statistic) {
    if (!Statistics.known(statistic)) {
      throw invalid(
          "ValidationError", "The value '" + statistic + "' for parameter Stat is not supported.");
    }
    return statistic;
  }

  private List<Point> points(Query query, Span span, boolean ascending) {
    List<Point> points = new ArrayList<>();
    read(query.metric(), span, query.period())
        .forEach((at, s) -> s.get(query.stat()).ifPresent(v -> points.add(new Point(at, v))));
    if (!ascending) {
      points.sort(Comparator.comparing(Point::at).reversed());
    }
    return points;
  }

  private SortedMap<Instant, Statistics> read(MetricId id, Span span, Duration period) {
    return store
        .find(id)
        .map(series -> series.read(span.start(), span.end(), period))
        .orElseGet(TreeMap::new);
  }

  private static int offset(String token) {
    try {
      byte[] text = Base64.getUrlDecoder().decode(token);
      return Math.max(0, Integer.parseInt(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw invalid("InvalidNextToken", "The next token specified is invalid.");
    }
  }

  private static String token(int offset) {
    byte[] text = ("" + offset).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** GetMetricStatistics: at most 1,440 datapoints. */
  ObjectNode statistics(Form form) {
    Span span = Span.of(form);
    Duration period = period(form);
    List<String> plain = form.list("Statistics.member");
    List<String> extended = form.list("ExtendedStatistics.member");
    if (plain.isEmpty() == extended.isEmpty()) {
      throw invalid(
          plain.isEmpty() ? "MissingParameter" : "InvalidParameterCombination",
          "The request must contain either Statistics or ExtendedStatistics.");
    }
    Stream.concat(plain.stream(), extended.stream()).forEach(Reading::statistic);
    long asked = Duration.between(span.start(), span.end()).dividedBy(period);
    if (asked > MOST_STATISTICS) {
      throw invalid(
          "InvalidParameterCombination",
          "You have requested up to %d datapoints, which exceeds the limit of %d."
              .formatted(asked, MOST_STATISTICS));
    }
    MetricId metric = metric(form);
    ObjectNode answer = Tree.JSON.createObjectNode();
    ArrayNode points = answer.putArray("Datapoints");
    read(metric, span, period)
        .forEach((at, s) -> datapoint(points.addObject(), metric, at, s, plain, extended));
    return answer.put("Label", metric.name());
  }

  private static void datapoint(
      ObjectNode into,
      MetricId metric,
      Instant at,
      Statistics values,
      List<String> plain,
      List<String> extended) {
    into.set("Timestamp", Tree.time(at));
    plain.forEach(name -> values.get(name).ifPresent(value -> into.put(name, value)));
    into.put("Unit", metric.name().endsWith("Time") ? "Seconds" : "Count");
    if (!extended.isEmpty()) {
      ObjectNode map = into.putObject("ExtendedStatistics");
      extended.forEach(name -> values.get(name).ifPresent(value -> map.put(name, value)));
    }
  }

  /** ListMetrics: those that have every dimension asked for. */
  ObjectNode list(Form form) {
    List<Form> asked = form.structures("Dimensions.member");
    List<MetricId> all =
        store
            .ids()
            .filter(id -> form.one("Namespace").map(id.namespace()::equals).orElse(true))
            .filter(id -> form.one("MetricName").map(id.name()::equals).orElse(true))
            .filter(id -> asked.stream().allMatch(d -> has(id, d)))
            .toList();
    int from = form.one("NextToken").filter(t -> !t.isEmpty()).map(Reading::offset).orElse(0);
    int start = Math.min(from, all.size());
    int end = Math.min(all.size(), start + METRICS_PER_PAGE);
    ObjectNode answer = Tree.JSON.createObjectNode();
    ArrayNode metrics = answer.putArray("Metrics");
    for (MetricId id : all.subList(start, end)) {
      ObjectNode metric = metrics.addObject();
      metric.put("Namespace", id.namespace()).put("MetricName", id.name());
      ArrayNode dimensions = metric.putArray("Dimensions");
      for (Map.Entry<String, String> d : id.dimensions().entrySet()) {
        dimensions.addObject().put("Name", d.getKey()).put("Value", d.getValue());
      }
    }
    if (end < all.size()) {
      answer.put("NextToken", token(end));
    }
    return answer;
  }

  private static boolean has(MetricId id, Form asked) {
    String value = id.dimensions().get(asked.need("Name"));
    return value != null && asked.one("Value").map(value::equals).orElse(true);
  }
}
