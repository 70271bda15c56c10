package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.Binomial;
import java.util.function.DoublePredicate;

/** Exact one-sided confidence bounds for a fraction (Clopper and Pearson, 1934). */
public final class ClopperPearson {

  /** Halvings of an interval of length 1: more would not change a double. */
  private static final int HALVINGS = 60;

  private ClopperPearson() {}

  /**
   * The largest fraction that is still plausible: with it, so few hits or fewer had a chance of
   * {@code alpha}. 1 where nothing was seen.
   */
  public static double upper(long k, long n, double alpha) {
    return k == n ? 1 : root(p -> Binomial.atMost(k, n, p) > alpha);
  }

  /** The smallest fraction that is still plausible; 0 where there was no hit. */
  public static double lower(long k, long n, double alpha) {
    return k == 0 ? 0 : root(p -> Binomial.atLeast(k, n, p) < alpha);
  }

  /**
   * The most by which one fraction may exceed another: each side's bound takes half of {@code
   * alpha}, so that it holds however few samples there are.
   */
  public static double excess(long k, long n, long otherK, long otherN, double alpha) {
    return upper(k, n, alpha / 2) - lower(otherK, otherN, alpha / 2);
  }

  /** Where a condition that holds from 0 on ends. */
  private static double root(DoublePredicate holds) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (holds.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
