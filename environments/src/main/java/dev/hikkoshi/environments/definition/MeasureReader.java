package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import dev.hikkoshi.environments.port.Measure.Metric;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Which provider a check asks, and what. */
final class MeasureReader {

  static final List<String> PROVIDERS = List.of("cloudwatch", "prometheus", "datadog", "newRelic");
  private static final Type<String> STATISTIC =
      Types.text(
          Pattern.compile("Average|Sum|Minimum|Maximum|SampleCount|p[0-9]{1,2}(\\.[0-9]{1,2})?"),
          "a statistic of CloudWatch, for example Average, Sum or p99");
  private static final Type<String> SERVER =
      Types.text(Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), "a name: a-z, 0-9, -");

  private MeasureReader() {}

  /** Exactly one of the providers' keys. */
  static Optional<Measure> one(Fields fields) {
    Optional<Measure> cloudwatch = fields.get("cloudwatch", Fields.object(MeasureReader::watch));
    Optional<Measure> prometheus =
        fields.get("prometheus", named("server", Measure.Prometheus::new));
    Optional<Measure> datadog = fields.get("datadog", named("account", Measure.Datadog::new));
    Optional<Measure> newRelic = fields.get("newRelic", named("account", Measure.NewRelic::new));
    List<String> given = PROVIDERS.stream().filter(fields::has).toList();
    String expected = "one of " + String.join(", ", PROVIDERS);
    if (given.isEmpty()) {
      fields.problem("name", "this check asks nobody", expected + ", job, webhook, cel");
    } else if (given.size() > 1) {
      fields.problem(given.getLast(), "a check asks one provider", expected);
    }
    return cloudwatch.or(() -> prometheus).or(() -> datadog).or(() -> newRelic);
  }

  private interface Named {
    Measure of(String name, Asked<String> asked);
  }

  private static Type<Measure> named(String key, Named maker) {
    return Fields.object(
        fields -> {
          var name = fields.need(key, SERVER, key + ": main");
          Optional<Asked<String>> asked = asked(fields, Types.text());
          return fields.make(() -> maker.of(name.orElseThrow(), asked.orElseThrow()));
        });
  }

  private static Optional<Measure> watch(Fields fields) {
    Map<String, Function<String, Measure>> own = new LinkedHashMap<>();
    own.put("errors", _ -> new Measure.RouteErrors());
    own.put("latency", Measure.RouteLatency::new);
    var route = fields.get("route", Types.oneOf(own));
    String statistic = fields.get("statistic", STATISTIC, "p99");
    var value = fields.get("value", Fields.object(MeasureReader::metric));
    var bad = fields.get("bad", Fields.object(MeasureReader::metric));
    var total = fields.get("total", Fields.object(MeasureReader::metric));
    if (fields.has("route")) {
      List.of("value", "bad", "total").stream()
          .filter(fields::has)
          .forEach(key -> fields.problem(key, "a route's own metric, and another", "one of them"));
      return fields.make(() -> route.orElseThrow().apply(statistic));
    }
    if (fields.has("statistic")) {
      fields.problem("statistic", "a statistic of no metric", "say it in value, or bad and total");
    }
    Optional<Asked<Metric>> asked = asked(fields, value, bad, total);
    return fields.make(() -> new Measure.CloudWatch(asked.orElseThrow()));
  }

  private static Optional<Metric> metric(Fields fields) {
    var namespace = fields.need("namespace", Types.text(), "namespace: AWS/EBS");
    var name = fields.need("name", Types.text(), "name: BurstBalance");
    String statistic = fields.get("statistic", STATISTIC, "Sum");
    Map<String, String> dimensions =
        fields.get("dimensions", Types.map(Types.text(), Types.text()), Map.of());
    return fields.make(
        () ->
            new Metric(
                namespace.orElseThrow(), name.orElseThrow(), statistic, new TreeMap<>(dimensions)));
  }

  private static <Q> Optional<Asked<Q>> asked(Fields fields, Type<Q> question) {
    Optional<Q> value = fields.get("value", question);
    Optional<Q> bad = fields.get("bad", question);
    Optional<Q> total = fields.get("total", question);
    return asked(fields, value, bad, total);
  }

  /** A value, or bad among total. */
  private static <Q> Optional<Asked<Q>> asked(
      Fields fields, Optional<Q> value, Optional<Q> bad, Optional<Q> total) {
    boolean ratio = fields.has("bad") && fields.has("total");
    boolean half = fields.has("bad") != fields.has("total");
    if (half || fields.has("value") == ratio) {
      String hint = "value: a number for each period; bad and total: events";
      fields.problem("value", "either value, or bad and total", hint);
    }
    return ratio
        ? bad.flatMap(b -> total.map(t -> new Asked.Ratio<>(b, t)))
        : value.map(Asked.Value::new);
  }
}
