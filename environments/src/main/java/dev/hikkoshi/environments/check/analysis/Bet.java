package dev.hikkoshi.environments.check.analysis;

import dev.hikkoshi.environments.check.Binomial;

/**
 * A bet against "each event fell on the new side with its fair chance": the e-value of a
 * beta-binomial mixture, event by event. Without a difference it exceeds {@code 1/a} ever, however
 * often it is looked at, with a chance of {@code a} at most (Ville's inequality).
 *
 * <p>The fair chance may differ from block to block, as the share of requests does: the bet on a
 * block rests on the odds that earlier blocks showed, so that every factor is fair given the past.
 * With one chance for all it is exactly {@code B(cw+k1, c(1-w)+k0) / B(cw, c(1-w)) / (w^k1
 * (1-w)^k0)}. Where events are drawn from a block's requests without putting back, the bet is worth
 * less still, never more: it is convex in the hits, and drawing without putting back varies less
 * (Hoeffding, 1963).
 */
public final class Bet {

  /** How much the fair chance counts before anything was seen. */
  public static final double PRIOR = 2;

  private final double prior;
  private double log;
  private double events;
  private double hits;
  private double fair;

  public Bet() {
    this(PRIOR);
  }

  Bet(double prior) {
    this.prior = prior;
  }

  /**
   * One block: events that happened together.
   *
   * @param hit those on the new side
   * @param missed those on the other
   * @param chance the new side's fair chance; at 0 and 1 nothing can be told
   */
  public void block(long hit, long missed, double chance) {
    if (hit + missed == 0 || chance <= 0 || chance >= 1) {
      return;
    }
    double mass = prior + events;
    double seen = (prior * chance + hits) / mass;
    double expected = (prior * chance + fair) / mass;
    double odds = seen / (1 - seen) * (1 - expected) / expected * chance / (1 - chance);
    double a = mass * odds / (1 + odds);
    double b = mass / (1 + odds);
    log +=
        logBeta(a + hit, b + missed)
            - logBeta(a, b)
            - hit * Math.log(chance)
            - missed * Math.log1p(-chance);
    events += hit + missed;
    hits += hit;
    fair += chance * (hit + missed);
  }

  /** Natural logarithm of what one unit became. */
  public double log() {
    return log;
  }

  /** Whether the new side has more than its share, and that by more than chance. */
  public boolean won(double alpha) {
    return hits > fair && log >= -Math.log(alpha);
  }

  private static double logBeta(double a, double b) {
    return Binomial.logGamma(a) + Binomial.logGamma(b) - Binomial.logGamma(a + b);
  }
}
