package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A check of {@code move.checks} (rule 7).
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
    Optional<Skip> skip) {

  public MoveCheck {
    routes = Set.copyOf(routes);
  }

  /** Whether it judges this route. */
  public boolean judges(String route) {
    return routes.isEmpty() || routes.contains(route);
  }

  /** When it is asked. */
  public enum When {
    /** Before each step gains share, about the minutes before it. */
    BEFORE,
    /** While a step lasts, and on through soak. */
    DURING,
    /** When everything is on the new side: at the last step and through soak. */
    AFTER
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

  /**
   * Why a check is off, and until when; after that day it is asked again.
   *
   * @param until the last day on which it is off, in UTC
   */
  public record Skip(String reason, Optional<LocalDate> until) {}
}
