package dev.hikkoshi.sandbox.traffic;

/** The exact two-sided test whether k of n fits a probability. */
public final class Binomial {

  /** The level at which the project calls a share wrong. */
  public static final double ALPHA = 1e-6;

  private Binomial() {}

  /** Whether neither tail at k is thinner than half of alpha. */
  public static boolean fits(long k, long n, double p) {
    return lower(k, n, p) > ALPHA / 2 && lower(n - k, n, 1 - p) > ALPHA / 2;
  }

  /** The probability of at most k. */
  private static double lower(long k, long n, double p) {
    if (p <= 0) {
      return 1;
    }
    if (p >= 1) {
      return k >= n ? 1 : 0;
    }
    double log = n * Math.log1p(-p);
    double odds = Math.log(p) - Math.log1p(-p);
    double sum = Math.exp(log);
    for (long i = 1; i <= k; i++) {
      log += Math.log(n - i + 1) - Math.log(i) + odds;
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }
}
