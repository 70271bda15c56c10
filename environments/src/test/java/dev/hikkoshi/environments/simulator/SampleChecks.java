package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Checks that the sample environment may have: by metrics, at every time of asking and with both
 * comparisons, and by asking somebody.
 */
final class SampleChecks {

  /** Behind by so much an index has not caught up. */
  static final double MOST_LAG = 60;

  /** The new side's errors are held against the old one's; at 1 % there are few requests. */
  static final MoveCheck ERRORS =
      new MoveCheck(
          "errors",
          Set.of(),
          When.DURING,
          true,
          new Measure.RouteErrors(),
          new Compare.NotWorse(0.05, false),
          50,
          MoveCheck.Budget.standard(),
          Optional.empty());

  /** The new side's errors have a limit of their own, whatever the old side's are. */
  static final MoveCheck LIMIT =
      check("limit", When.DURING, new Measure.RouteErrors(), new Compare.Bound(none(), max(0.05)));

  /** The same, once everything is given. */
  static final MoveCheck SETTLED =
      check("settled", When.AFTER, new Measure.RouteErrors(), new Compare.Bound(none(), max(0.05)));

  /** The new side's index has caught up, in numbers and not in counts. */
  static final MoveCheck LAG =
      check(
          "lag",
          When.BEFORE,
          new Measure.Prometheus("main", new Measure.Asked.Value<>("lag")),
          new Compare.Bound(none(), max(MOST_LAG)));

  /** Somebody else has a say while a step lasts. */
  static final Inquiry GATE =
      new Inquiry(
          "gate",
          Set.of(),
          When.DURING,
          true,
          new Inquiry.Webhook(
              "https://gate.example.com/ready", Duration.ofSeconds(5), Optional.empty()),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Optional.empty());

  /** The index has to have caught up before a step begins. */
  static final Inquiry CAUGHT_UP =
      new Inquiry(
          "caught-up",
          Set.of(),
          When.BEFORE,
          true,
          new Inquiry.Job("search", Map.of("template", Map.of()), Duration.ofMinutes(2)),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Optional.empty());

  /** Told what was seen, and never in the way. */
  static final Inquiry SEEN =
      new Inquiry(
          "seen",
          Set.of(),
          When.DURING,
          false,
          new Inquiry.Cel(new SimExpression()),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Optional.empty());

  private SampleChecks() {}

  /** Those by metrics that a world has. */
  static List<MoveCheck> of(Options options) {
    if (!options.judged()) {
      return List.of();
    }
    return switch (Math.floorMod(options.seed(), 3)) {
      case 0 -> List.of(ERRORS);
      case 1 -> List.of(ERRORS, SETTLED, LAG);
      default -> List.of(LIMIT, LAG);
    };
  }

  private static MoveCheck check(String name, When when, Measure measure, Compare compare) {
    return new MoveCheck(
        name,
        Set.of(),
        when,
        true,
        measure,
        compare,
        measure.counts() ? 50 : 2,
        MoveCheck.Budget.standard(),
        Optional.empty());
  }

  private static OptionalDouble none() {
    return OptionalDouble.empty();
  }

  private static OptionalDouble max(double limit) {
    return OptionalDouble.of(limit);
  }
}
