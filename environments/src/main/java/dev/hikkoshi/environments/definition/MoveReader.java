package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.MoveRules.Drain;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.desired.MoveRules.TooFew;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code spec.move}: how traffic passes over. */
final class MoveReader {

  private static final Dwell DWELL = new Dwell(Duration.ofMinutes(10), Duration.ofHours(1));
  private static final List<StepWish> STEPS =
      List.of(1, 5, 25, 50, 100).stream()
          .map(w -> new StepWish(w, Optional.empty(), false))
          .toList();
  private static final Drain DRAIN = new Drain(Duration.ofHours(1), 1);
  private static final Duration SOAK = Duration.ofHours(24);

  private static final Type<Integer> WEIGHT = Types.integer(1, 100);
  private static final Type<StepWish> STEP_MAP = Fields.object(MoveReader::stepMap);
  private static final Type<StepWish> STEP =
      ((Type<StepWish>) MoveReader::step)
          .shaped(() -> new Shape.Either(List.of(WEIGHT.shape(), STEP_MAP.shape())));

  private MoveReader() {}

  private record Dwell(Duration min, Duration max) {}

  private record StepWish(int weight, Optional<Dwell> dwell, boolean approve) {}

  /** What happens when nothing is said. */
  static MoveRules standard() {
    return new MoveRules(Order.TOGETHER, steps(STEPS, DWELL), SOAK, DRAIN, TooFew.HOLD);
  }

  static Optional<MoveRules> move(Fields fields, InquiryReader inquiries) {
    Map<String, Order> orders = new LinkedHashMap<>();
    orders.put("together", Order.TOGETHER);
    orders.put("in-order", Order.IN_ORDER);
    Map<String, TooFew> tooFew = new LinkedHashMap<>();
    tooFew.put("hold", TooFew.HOLD);
    tooFew.put("advance", TooFew.ADVANCE);
    Map<String, OnFailure> failures = new LinkedHashMap<>();
    failures.put("hold", OnFailure.HOLD);
    failures.put("return", OnFailure.RETURN);
    Order order = fields.get("routes", Types.oneOf(orders), Order.TOGETHER);
    Dwell dwell = fields.get("dwell", Fields.object(f -> dwell(f, DWELL)), DWELL);
    List<StepWish> steps = fields.get("steps", steps(), STEPS);
    TooFew few = fields.get("onTooFewSamples", Types.oneOf(tooFew), TooFew.HOLD);
    Duration soak = fields.get("soak", Times.duration(), SOAK);
    Drain drain = fields.get("drain", Fields.object(MoveReader::drain), DRAIN);
    OnFailure onFailure = fields.get("onFailure", Types.oneOf(failures), OnFailure.HOLD);
    int runOnceAt =
        fields.get("runOnce", Fields.object(MoveReader::runOnce), MoveRules.RUN_ONCE_AT);
    List<DeclaredCheck> declared = fields.get("checks", CheckReader.checks(inquiries), List.of());
    return fields.make(
        () ->
            new MoveRules(
                order,
                steps(steps, dwell),
                soak,
                drain,
                few,
                runOnceAt,
                only(declared, MoveCheck.class),
                only(declared, Inquiry.class),
                onFailure));
  }

  private static <T extends DeclaredCheck> List<T> only(List<DeclaredCheck> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Step> steps(List<StepWish> wishes, Dwell dwell) {
    return wishes.stream()
        .map(
            w -> {
              Dwell own = w.dwell().orElse(dwell);
              return new Step(w.weight(), own.min(), own.max(), w.approve());
            })
        .toList();
  }

  private static Type<List<StepWish>> steps() {
    return Types.list(STEP)
        .then(
            (steps, node, problems) -> {
              boolean ascend = true;
              for (int i = 1; i < steps.size(); i++) {
                ascend &= steps.get(i).weight() > steps.get(i - 1).weight();
              }
              boolean arrives = !steps.isEmpty() && steps.getLast().weight() == 100;
              if (ascend && arrives) {
                return Optional.of(steps);
              }
              problems.add(
                  node.place(),
                  ascend ? "the last step is not 100" : "the steps do not ascend",
                  "expected for example [1, 5, 25, 50, 100]");
              return Optional.empty();
            });
  }

  private static Optional<StepWish> step(Node node, Problems problems) {
    return node instanceof Mapping
        ? STEP_MAP.read(node, problems)
        : WEIGHT.read(node, problems).map(w -> new StepWish(w, Optional.empty(), false));
  }

  private static Optional<StepWish> stepMap(Fields fields) {
    var share = fields.need("weight", WEIGHT, "percent for the new cluster");
    var dwell = fields.get("dwell", Fields.object(f -> dwell(f, DWELL)));
    boolean approve = fields.get("approve", Types.bool(), false);
    return fields.make(() -> new StepWish(share.orElseThrow(), dwell, approve));
  }

  private static Optional<Dwell> dwell(Fields fields, Dwell absent) {
    Duration min = fields.get("min", Times.duration(), absent.min());
    boolean given = fields.has("max");
    Duration max = fields.get("max", Times.duration(), absent.max());
    if (given && max.compareTo(min) < 0) {
      fields.problem("max", "max is below min", "expected min <= max");
    }
    return fields.make(() -> new Dwell(min, max.compareTo(min) < 0 ? min : max));
  }

  private static Optional<Drain> drain(Fields fields) {
    Duration lasting = fields.get("for", Times.duration(), DRAIN.lasting());
    double below = fields.get("below", Times.perMinute(), DRAIN.perMinute());
    return fields.make(() -> new Drain(lasting, below));
  }

  private static Optional<Integer> runOnce(Fields fields) {
    var at = fields.need("at", Types.integer(1, 100), "at: percent, for example 50");
    return fields.make(at::orElseThrow);
  }
}
