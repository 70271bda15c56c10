package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.simulator.Campaign.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario again and again, each time with a crash at another boundary of an effect or of a
 * save: at every one there is, not at random ones.
 */
final class CrashSweep {

  private CrashSweep() {}

  /** What came of it: how many boundaries, and where a rule was broken. */
  record Result(int boundaries, List<Failure> failures) {

    Result {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Sweeps one scenario.
   *
   * @param every 1 for each boundary, n for each n-th
   */
  static Result of(long seed, int every) {
    Simulation whole = Simulation.crashing(seed, 0);
    whole.run();
    int boundaries = whole.boundaries();
    List<Failure> failures = new ArrayList<>();
    for (int k = 1; k <= boundaries; k += every) {
      try {
        Simulation.crashing(seed, k).run();
      } catch (RuntimeException | AssertionError e) {
        failures.add(new Failure(seed, "crash at boundary %d: %s".formatted(k, e)));
      }
    }
    return new Result(boundaries, failures);
  }
}
