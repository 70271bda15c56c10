package dev.hikkoshi.environments.move;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One step of a move.
 *
 * @param percent of what is not a stranger's, for the new side: 1–100
 * @param dwellMin how long the step lasts at least, counted from when it is effective
 * @param dwellMax when too few samples become a hold (or an advance, as configured)
 * @param approve whether a person is asked before it
 */
public record Step(int percent, Duration dwellMin, Duration dwellMax, boolean approve) {

  /**
   * The steps of every return: by tens of home's share, for a home that cannot carry everything at
   * once (rule 10); one that can goes to the last of them with the first write. Nobody dwells.
   */
  public static final List<Step> HOMEWARDS =
      IntStream.rangeClosed(1, 10)
          .mapToObj(tens -> new Step(10 * tens, Duration.ZERO, Duration.ZERO))
          .toList();

  /** A step that asks nobody. */
  public Step(int percent, Duration dwellMin, Duration dwellMax) {
    this(percent, dwellMin, dwellMax, false);
  }

  public Step {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("a step is 1 to 100 percent, not " + percent);
    }
    if (dwellMin.isNegative() || dwellMax.compareTo(dwellMin) < 0) {
      throw new IllegalArgumentException(
          "dwell: 0 <= min <= max, not " + dwellMin + ", " + dwellMax);
    }
  }
}
