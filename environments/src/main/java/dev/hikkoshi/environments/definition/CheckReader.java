package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.DeclaredCheck.Skip;
import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Quantity;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code spec.move.checks}: what a new side is judged by. */
final class CheckReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String COMPARE = "compare";
  private static final String BOUND = "bound";
  private static final String MARGIN = "margin";

  /** One point: with fewer than about 440 clean requests nobody can prove that. */
  private static final Quantity POINT = new Quantity(1, true);

  /** A latency may be a tenth above the old side's. */
  private static final Quantity TENTH = new Quantity(10, true);

  /** Below 200 requests a fraction says next to nothing. */
  private static final int REQUESTS = 200;

  private static final int PERIODS = 10;
  private static final int PERIODS_BEFORE = 3;
  private static final Duration LEAST_EVERY = Duration.ofSeconds(10);

  private CheckReader() {}

  static Type<List<DeclaredCheck>> checks(InquiryReader inquiries) {
    return Types.listBy(
        Fields.object(fields -> check(fields, inquiries)), "check", DeclaredCheck::name);
  }

  /** Of either kind. */
  private static Optional<DeclaredCheck> check(Fields fields, InquiryReader inquiries) {
    Map<String, When> whens = new LinkedHashMap<>();
    whens.put("start", When.START);
    whens.put("before", When.BEFORE);
    whens.put("during", When.DURING);
    whens.put("after", When.AFTER);
    var name = fields.need("name", Types.text(NAME, "a name: a-z, 0-9, -"), "name: errors");
    Set<String> routes = Set.copyOf(fields.get("routes", Types.list(Types.text()), List.of()));
    When when = fields.get("when", Types.oneOf(whens), When.DURING);
    boolean blocking = fields.get("blocking", Types.bool(), true);
    Optional<Skip> skip = skip(fields);
    Budget budget = fields.get("budget", Fields.object(CheckReader::budget), Budget.standard());
    Optional<Inquiry.Question> question = inquiries.question(fields);
    Optional<Duration> every =
        fields.get("every", InquiryReader.between(LEAST_EVERY, Duration.ofDays(1)));
    if (InquiryReader.KEYS.stream().anyMatch(fields::has)) {
      asked(fields);
      return fields.make(
          () ->
              new Inquiry(
                  name.orElseThrow(),
                  routes,
                  when,
                  blocking,
                  question.orElseThrow(),
                  every.orElseGet(() -> InquiryReader.every(question.orElseThrow())),
                  budget.errors(),
                  skip));
    }
    if (fields.has("every")) {
      fields.problem("every", "every is for job and webhook", "metrics are looked at all the time");
    }
    return measured(fields, new Common(name, routes, when, blocking, budget, skip));
  }

  /** What both kinds of check have. */
  private record Common(
      Optional<String> name,
      Set<String> routes,
      When when,
      boolean blocking,
      Budget budget,
      Optional<Skip> skip) {}

  /** What an answer of somebody else has no use for. */
  private static void asked(Fields fields) {
    MeasureReader.PROVIDERS.stream()
        .filter(fields::has)
        .forEach(key -> fields.problem(key, "a check asks one of them", "it is another check"));
    for (String key : List.of(COMPARE, BOUND, MARGIN, "minSamples")) {
      if (fields.has(key)) {
        fields.problem(key, "an answer is pass or fail already", "remove " + key);
      }
    }
    if (fields.has("cel") && fields.has("every")) {
      fields.problem("every", "an expression is judged in every pass", "remove every");
    }
  }

  private static Optional<DeclaredCheck> measured(Fields fields, Common common) {
    When when = common.when();
    Optional<Measure> measure = MeasureReader.one(fields);
    boolean counts = measure.map(Measure::counts).orElse(true);
    Optional<Compare> compare = compare(fields, counts, measure.isPresent());
    boolean early = when == When.BEFORE || when == When.START;
    if (early && counts && measure.isPresent()) {
      String hint = "a side without traffic has no events: ask for a value, or when: during";
      fields.problem("when", "counts cannot be judged before a step", hint);
    }
    int least = counts ? REQUESTS : early ? PERIODS_BEFORE : PERIODS;
    int samples = fields.get("minSamples", Types.integer(1, 10_000_000), least);
    return fields.make(
        () ->
            new MoveCheck(
                common.name().orElseThrow(),
                common.routes(),
                when,
                common.blocking(),
                measure.orElseThrow(),
                compare.orElseThrow(),
                samples,
                common.budget(),
                common.skip()));
  }

  /**
   * What it is held against.
   *
   * @param known whether the measure could be read; without it nothing can be said of limits
   */
  private static Optional<Compare> compare(Fields fields, boolean counts, boolean known) {
    boolean compares = fields.get(COMPARE, Types.oneOf(Map.of("not-worse-than-old", true)), false);
    Optional<Quantity> margin = fields.get(MARGIN, Quantity.type());
    Optional<Compare> bound =
        fields.get(BOUND, Fields.object(f -> bound(f, counts, known))).map(b -> b);
    if (fields.has(COMPARE) == fields.has(BOUND)) {
      String hint = "compare: not-worse-than-old, or bound: {max: 1%}";
      fields.problem(COMPARE, "one of compare and bound", hint);
    }
    if (fields.has(MARGIN) && !fields.has(COMPARE)) {
      fields.problem(MARGIN, "a margin without compare", "compare: not-worse-than-old");
    }
    if (!compares) {
      return bound;
    }
    Quantity given = margin.orElse(counts ? POINT : TENTH);
    if (given.fraction() <= 0 || known && counts && given.fraction() >= 1) {
      String hint = "margin: 0.5% is half a point";
      fields.problem(MARGIN, "not a margin that something could be within", hint);
    }
    return Optional.of(new Compare.NotWorse(given.fraction(), !counts && given.percent()));
  }

  private static Optional<Compare.Bound> bound(Fields fields, boolean counts, boolean known) {
    var min = fields.get("min", Quantity.type());
    var max = fields.get("max", Quantity.type());
    if (!fields.has("min") && !fields.has("max")) {
      fields.problem("max", "a bound without a limit", "bound: {max: 1%}");
    } else if (counts
        && known
        && (min.isPresent() || max.filter(m -> inside(m.fraction())).isEmpty())) {
      fields.problem("max", "a fraction has only an upper limit, between 0 and 1", "max: 1%");
    }
    boolean percent = Stream.of(min, max).flatMap(Optional::stream).anyMatch(Quantity::percent);
    if (!counts && known && percent) {
      fields.problem("max", "a level has a unit of its own", "a number without %");
    }
    return fields.make(() -> new Compare.Bound(limit(min), limit(max)));
  }

  private static boolean inside(double fraction) {
    return fraction > 0 && fraction < 1;
  }

  private static OptionalDouble limit(Optional<Quantity> quantity) {
    return quantity.map(q -> OptionalDouble.of(q.fraction())).orElseGet(OptionalDouble::empty);
  }

  private static Optional<Budget> budget(Fields fields) {
    Budget usual = Budget.standard();
    int breaches = fields.get("breaches", Types.integer(0, 1_000), usual.breaches());
    int missing = fields.get("missing", Types.integer(0, 1_000), usual.missing());
    var errors = fields.get("errors", Times.duration(), usual.errors());
    return fields.make(() -> new Budget(breaches, missing, errors));
  }

  private static Optional<Skip> skip(Fields fields) {
    Optional<String> reason = fields.get("skip", Types.text());
    Optional<LocalDate> until = fields.get("until", Times.day());
    if (fields.has("until") && !fields.has("skip")) {
      fields.problem("until", "until without a reason", "skip: \"why it is off\"");
    }
    return reason.map(why -> new Skip(why, until));
  }
}
