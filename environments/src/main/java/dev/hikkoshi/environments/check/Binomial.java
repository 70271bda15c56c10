package dev.hikkoshi.environments.check;

/**
 * Tails of the binomial distribution, exact up to rounding for any number of samples, through the
 * regularised incomplete beta function: {@code P(X >= k) = I_p(k, n - k + 1)}.
 */
public final class Binomial {

  private static final double EPSILON = 1e-15;
  private static final double TINY = 1e-300;
  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Binomial() {}

  /** The probability of at least {@code k} hits in {@code n} tries of probability {@code p}. */
  public static double atLeast(long k, long n, double p) {
    requireValid(k, n, p);
    return k == 0 ? 1 : beta(p, k, n - k + 1.0);
  }

  /** The probability of at most {@code k} hits. */
  public static double atMost(long k, long n, double p) {
    requireValid(k, n, p);
    return k == n ? 1 : beta(1 - p, n - k, k + 1.0);
  }

  /** Two-sided p-value: twice the smaller tail, at most 1 (Clopper and Pearson's way). */
  public static double twoSided(long k, long n, double p) {
    return Math.min(1, 2 * Math.min(atMost(k, n, p), atLeast(k, n, p)));
  }

  private static void requireValid(long k, long n, double p) {
    if (k < 0 || k > n || !(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(k + " of " + n + " at " + p);
    }
  }

  /**
   * The regularised incomplete beta function, by Lentz's continued fraction: 0 at 0, 1 at 1.
   *
   * @param a above zero, as {@code b} is
   */
  private static double beta(double x, double a, double b) {
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double h = d;
    // Converges in O(sqrt(max(a, b))) steps.
    int most = 200 + (int) (20 * Math.sqrt(Math.max(a, b)));
    for (int m = 1; m <= most; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      double delta = d * c;
      h *= delta;
      if (Math.abs(delta - 1) < EPSILON) {
        return h;
      }
    }
    return h;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** ln Γ(x) for x > 0, by Lanczos' approximation (g = 7, 9 terms). */
  public static double logGamma(double x) {
    if (x < 0.5) {
      return logGamma(x + 1) - Math.log(x);
    }
    double z = x - 1;
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (z + i);
    }
    double t = z + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
