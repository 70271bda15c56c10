package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A check of {@code move.checks} that is judged by metrics (rule 7).
 *
 * @param name unique in the environment
 * @param routes that it judges, each alone; empty for all
 * @param blocking whether its verdict counts; a warning is only shown
 * @param minSamples events on the new side (for counts), or periods on each side (for numbers),
 *     below which nothing is a pass
 * @param budget what is put up with before it counts
 * @param skip present when it is switched off
 */
public record MoveCheck(
    String name,
    Set<String> routes,
    When when,
    boolean blocking,
    Measure measure,
    Compare compare,
    long minSamples,
    Budget budget,
    Optional<Skip> skip)
    implements DeclaredCheck {

  public MoveCheck {
    routes = Set.copyOf(routes);
  }

  @Override
  public Duration silence() {
    return budget.errors();
  }

  /** What the new side's readings are held against. */
  public sealed interface Compare {

    /**
     * The old side over the same minutes: new may be worse by the margin at most.
     *
     * @param margin for counts a difference of fractions (0.01 is one point); for numbers in their
     *     own unit, or a part of the old side's level
     * @param relative whether the margin is a part of the old side's level
     */
    record NotWorse(double margin, boolean relative) implements Compare {}

    /** Limits for the new side alone. For counts only {@code max}, a fraction. */
    record Bound(OptionalDouble min, OptionalDouble max) implements Compare {}
  }

  /**
   * Three things that go wrong for three reasons, so that none uses up another's.
   *
   * @param breaches periods beyond a limit, for a bound on numbers
   * @param missing periods without data, in one window
   * @param errors how long a provider may not answer
   */
  public record Budget(int breaches, int missing, Duration errors) {

    /** One period beyond, two without data, five minutes without an answer. */
    public static Budget standard() {
      return new Budget(1, 2, Duration.ofMinutes(5));
    }
  }
}
