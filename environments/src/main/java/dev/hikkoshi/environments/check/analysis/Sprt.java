package dev.hikkoshi.environments.check.analysis;

/**
 * Wald's sequential test of a fraction against a fixed limit: is it the good one or the bad one? It
 * may be asked after every sample; at most {@code alpha} of good ones are called bad, and as few
 * bad ones good.
 *
 * @param good a fraction that is well
 * @param bad a fraction that is not
 * @param alpha the chance of a wrong word, either way
 */
public record Sprt(double good, double bad, double alpha) {

  public Sprt {
    if (!(good > 0 && good < bad && bad < 1 && alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException(
          "0 < good < bad < 1 and 0 < alpha < 0.5, not %s, %s, %s".formatted(good, bad, alpha));
    }
  }

  /** What the samples say so far. */
  public enum Word {
    GOOD,
    BAD,
    OPEN
  }

  /** The log likelihood ratio of {@code k} hits among {@code n}. */
  public double score(long k, long n) {
    return k * Math.log(bad / good) + (n - k) * Math.log((1 - bad) / (1 - good));
  }

  /** Where the score decides, on either side of zero. */
  public double threshold() {
    return Math.log((1 - alpha) / alpha);
  }

  /** What so many samples say. */
  public Word word(long k, long n) {
    double score = score(k, n);
    return score >= threshold() ? Word.BAD : score <= -threshold() ? Word.GOOD : Word.OPEN;
  }
}
