package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Values;
import java.time.Duration;
import java.time.Instant;

/**
 * One check's verdict on one side (rule 7): fail when it is proven, pass only when the bound holds
 * and there are samples enough, else unknown. No data is never a pass.
 */
public final class Analysis {

  /** Periods that are over and that a provider may not have yet. */
  private static final long ON_THEIR_WAY = 2;

  private Analysis() {}

  /**
   * What was asked, and when.
   *
   * @param from the first whole period, inclusive
   * @param to end of the last whole period
   * @param before whether the old side's readings are of earlier periods, because it has no traffic
   *     any more
   */
  public record Asked(Instant from, Instant to, Duration period, boolean before, Looking looking) {}

  /** The verdict on the new side, held against the old one where the check says so. */
  public static Finding of(
      MoveCheck check, Observation<Readings> fresh, Observation<Readings> old, Asked asked) {
    Finding without = enough(check, fresh, asked);
    if (without.lack() == Lack.ANSWER) {
      return without;
    }
    boolean compares = check.compare() instanceof Compare.NotWorse;
    if (compares && old instanceof Unknown<Readings>(String what, String why)) {
      return Finding.unknown(Lack.ANSWER, "the old side is not known: " + what + ": " + why);
    }
    Readings mine = ((Known<Readings>) fresh).value();
    Finding found =
        switch (check.compare()) {
          case Compare.Bound bound -> Bounds.judge(check, bound, mine, asked.looking());
          case Compare.NotWorse margin ->
              Comparison.judge(check, margin, mine, ((Known<Readings>) old).value(), asked);
        };
    // What is proven bad is so however much is missing; everything else needs the whole window.
    return found.failed() || without.passed() ? found : without;
  }

  /** Whether provider and data are there: a pass, or what is missing. */
  private static Finding enough(MoveCheck check, Observation<Readings> fresh, Asked asked) {
    return switch (fresh) {
      case Unknown<Readings>(String what, String why) ->
          Finding.unknown(Lack.ANSWER, what + " could not be asked: " + why);
      case Known<Readings>(Readings readings) -> {
        long all = periods(asked.from(), asked.to(), asked);
        if (readings.periods() == 0 && all <= ON_THEIR_WAY) {
          yield Finding.unknown(Lack.TIME, "the first periods are not reported yet");
        }
        long missing = missing(readings, asked);
        long allowed = check.budget().missing();
        yield readings.periods() == 0 || missing > allowed
            ? Finding.unknown(
                Lack.DATA,
                "no data for %d of %d periods, %d may be without".formatted(missing, all, allowed))
            : Finding.pass("data is there");
      }
    };
  }

  /** Gaps, not counting the newest periods. */
  private static long missing(Readings readings, Asked asked) {
    Instant newest = newest(readings, asked);
    long before = periods(asked.from(), newest, asked) - readings.periods();
    long after = periods(newest, asked.to(), asked);
    return Math.max(0, before)
        + (readings.periods() == 0 ? after : Math.max(0, after - ON_THEIR_WAY));
  }

  private static Instant newest(Readings readings, Asked asked) {
    if (readings.periods() == 0) {
      return asked.from();
    }
    Instant begun =
        switch (readings) {
          case Counts counts -> counts.blocks().getLast().from();
          case Values values -> values.blocks().getLast().from();
        };
    return begun.plus(asked.period());
  }

  private static long periods(Instant from, Instant to, Asked asked) {
    return Duration.between(from, to).toMillis() / asked.period().toMillis();
  }
}
