package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** What a side had minute by minute, and checks that judge it. */
final class Readouts {

  /** Nobody asked the old side: a limit is about the new one alone. */
  static final Observation<Readings> NOBODY = Observation.unknown("old", "not asked");

  static final Compare POINT = new Compare.NotWorse(0.01, false);
  static final Compare TENTH = new Compare.NotWorse(0.1, true);

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private Readouts() {}

  static Compare most(double max) {
    return new Compare.Bound(OptionalDouble.empty(), OptionalDouble.of(max));
  }

  static Compare least(double min) {
    return new Compare.Bound(OptionalDouble.of(min), OptionalDouble.empty());
  }

  static MoveCheck check(Compare compare, long least) {
    return check(compare, least, Budget.standard());
  }

  static MoveCheck check(Compare compare, long least, Budget budget) {
    return new MoveCheck(
        "c",
        Set.of(),
        DeclaredCheck.When.DURING,
        true,
        new Measure.RouteErrors(),
        compare,
        least,
        budget,
        Optional.empty());
  }

  /** The first look of six courses. */
  static Analysis.Asked asked(int periods, boolean before) {
    return new Analysis.Asked(START, minute(periods), PERIOD, before, new Looking(6, 0, 1));
  }

  static Observation<Readings> counts(int periods, long total, IntToLongFunction bad) {
    return counts(0, periods, total, bad);
  }

  /** From that minute on; what is before the first one asked about has a number below zero. */
  static Observation<Readings> counts(int first, int periods, long total, IntToLongFunction bad) {
    return Observation.known(
        new Readings.Counts(
            IntStream.range(first, first + periods)
                .mapToObj(i -> new Count(minute(i), bad.applyAsLong(i), total))
                .toList()));
  }

  static Observation<Readings> numbers(int periods, IntToDoubleFunction value) {
    return numbers(0, periods, value);
  }

  static Observation<Readings> numbers(int first, int periods, IntToDoubleFunction value) {
    return Observation.known(
        new Readings.Values(
            IntStream.range(first, first + periods)
                .mapToObj(i -> new Value(minute(i), value.applyAsDouble(i)))
                .toList()));
  }

  private static Instant minute(int i) {
    return START.plus(PERIOD.multipliedBy(i));
  }
}
