package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.port.Measure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The checks of the worlds that are judged by metrics: every time of asking, and both comparisons.
 */
final class SampleChecks {

  /** Behind by so much an index has not caught up. */
  static final double MOST_LAG = 60;

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

  private SampleChecks() {}

  /** Those of a world. */
  static List<MoveCheck> of(Options options) {
    if (!options.judged()) {
      return List.of();
    }
    return switch (Math.floorMod(options.seed(), 3)) {
      case 0 -> List.of(Wishes.ERRORS);
      case 1 -> List.of(Wishes.ERRORS, SETTLED, LAG);
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
