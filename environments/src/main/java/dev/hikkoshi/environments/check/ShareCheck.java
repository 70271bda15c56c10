package dev.hikkoshi.environments.check;

import dev.hikkoshi.environments.observed.Measured;
import java.util.Locale;

/**
 * Whether measured share agrees with the intended one (rule 5). Answers of name servers must agree
 * exactly at α = 1e-6. Requests may also be off by a tenth of what was intended, because a load
 * balancer's nodes draw on their own and connections are kept.
 */
public final class ShareCheck {

  /** The chance of holding a healthy step. */
  public static final double ALPHA = 1e-6;

  private static final double TOLERANCE = 0.1;

  private ShareCheck() {}

  /**
   * Judges one window.
   *
   * @param side the cluster that gains
   * @param intended its share of all traffic, 0 to 1
   * @param least below this many samples nothing can be told
   */
  public static Check judge(
      String route, Measured measured, String side, double intended, long least) {
    return new Check("share", route, verdict(measured, side, intended, least));
  }

  private static Verdict verdict(Measured measured, String side, double intended, long least) {
    long n = measured.total();
    long k = measured.of(side);
    String unit =
        switch (measured.unit()) {
          case REQUESTS -> "requests";
          case ANSWERS -> "answers";
        };
    if (n < least) {
      return Verdict.unknown("%d %s are too few, %d are needed".formatted(n, unit, least));
    }
    double p = Binomial.twoSided(k, n, intended);
    double share = (double) k / n;
    // Counts, not parts: 0.275 - 0.25 is more than 0.025.
    boolean near =
        measured.unit() == Measured.Unit.REQUESTS
            && Math.abs(k - intended * n) <= TOLERANCE * intended * n;
    String evidence =
        String.format(
            Locale.ROOT,
            "%.2f %% measured, %.2f %% intended (%d of %d %s, p = %.2g)",
            share * 100,
            intended * 100,
            k,
            n,
            unit,
            p);
    return p >= ALPHA || near ? Verdict.pass(evidence) : Verdict.fail(evidence);
  }
}
