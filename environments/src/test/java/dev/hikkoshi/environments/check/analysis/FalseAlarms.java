package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.Binomial;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Old against old: moves whose new side is as good as the old one, looked at after every period.
 * How many are called worse, and how many that really are worse are found.
 */
public final class FalseAlarms {

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int[] SHARES = {1, 5, 25, 50};

  private FalseAlarms() {}

  /** How a step is judged after each of its periods. */
  interface Judge {
    boolean worse(List<Count> fresh, List<Count> old, double share);
  }

  /** How it is judged in a move. */
  static final Judge REAL =
      (fresh, old, share) -> {
        int periods = fresh.size();
        Analysis.Asked asked =
            new Analysis.Asked(
                START,
                START.plus(PERIOD.multipliedBy(periods)),
                PERIOD,
                false,
                new Looking(SHARES.length + 2, 0, periods));
        return Analysis.of(check(), known(fresh), known(old), asked).failed();
      };

  /** The classical mistake: a test for one look, made after every period. */
  static final Judge REPEATED =
      (fresh, old, share) -> {
        long hit = fresh.stream().mapToLong(Count::bad).sum();
        long all = hit + old.stream().mapToLong(Count::bad).sum();
        return all > 0 && Binomial.atLeast(hit, all, share) < Looking.FALSE_ALARMS;
      };

  /**
   * The part of moves in which the new side was called worse.
   *
   * @param worse how many times as many errors the new side has
   */
  static double rate(Judge judge, long seed, int moves, double errors, double worse) {
    SplittableRandom random = new SplittableRandom(seed);
    int called = 0;
    for (int m = 0; m < moves; m++) {
      called += move(judge, random, errors, worse) ? 1 : 0;
    }
    return (double) called / moves;
  }

  private static boolean move(Judge judge, SplittableRandom random, double errors, double worse) {
    for (int percent : SHARES) {
      double share = percent / 100.0;
      List<Count> fresh = new ArrayList<>();
      List<Count> old = new ArrayList<>();
      for (int period = 0; period < 20; period++) {
        Instant at = START.plus(PERIOD.multipliedBy(period));
        // Errors come in bursts that strike both sides, as those of a shared database do.
        double now = random.nextInt(10) == 0 ? errors * 5 : errors;
        fresh.add(count(random, at, 600 * share, now * worse));
        old.add(count(random, at, 600 * (1 - share), now));
        if (judge.worse(fresh, old, share)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Count count(SplittableRandom random, Instant at, double expected, double errors) {
    long total = Math.round(expected);
    long bad = 0;
    for (long i = 0; i < total; i++) {
      bad += random.nextDouble() < errors ? 1 : 0;
    }
    return new Count(at, bad, total);
  }

  private static Observation<Readings> known(List<Count> counts) {
    return Observation.known(new Counts(counts));
  }

  static MoveCheck check() {
    return new MoveCheck(
        "errors",
        Set.of(),
        DeclaredCheck.When.DURING,
        true,
        new Measure.RouteErrors(),
        new Compare.NotWorse(0.01, false),
        200,
        Budget.standard(),
        Optional.empty());
  }

  /**
   * Prints the rates; the first argument is how many moves, {@code repeated} as second judges by
   * p-values that are looked at again and again. Ends with 1 when there are more false alarms than
   * promised.
   */
  public static void main(String[] args) {
    int moves = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    boolean repeated = args.length > 1 && args[1].equals("repeated");
    Judge judge = repeated ? REPEATED : REAL;
    long seed = 20_261_125;
    double worst = 0;
    for (double errors : new double[] {0.0005, 0.005, 0.05}) {
      double rate = rate(judge, seed, moves, errors, 1);
      worst = Math.max(worst, rate);
      System.out.printf(
          Locale.ROOT,
          "no difference, %.2f %% errors: %.3f %% of %,d moves called worse (seed %d)%n",
          errors * 100,
          rate * 100,
          moves,
          seed);
    }
    for (double worse : new double[] {3, 10}) {
      double found = rate(judge, seed, Math.max(1, moves / 20), 0.005, worse);
      System.out.printf(Locale.ROOT, "%.0f times the errors: %.1f %% found%n", worse, found * 100);
    }
    System.out.printf(
        Locale.ROOT,
        "promised: %.1f %%, measured at most: %.3f %%%n",
        Looking.FALSE_ALARMS * 100,
        worst * 100);
    System.exit(worst <= Looking.FALSE_ALARMS ? 0 : 1);
  }
}
