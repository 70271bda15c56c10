package dev.hikkoshi.demo.load;

import dev.hikkoshi.environments.check.Binomial;
import java.util.Map;

/**
 * Whether what was counted agrees with the share that was intended: an exact two-sided binomial
 * test at {@link #ALPHA}, on at least {@link #LEAST} samples. With fewer nothing is proven, and not
 * proven is not within bound; at 1 % of 2,000 nobody at all on the new side is out of bound.
 *
 * @param intended 0 to 1
 * @param hits samples on the side that is judged
 * @param samples all samples
 */
public record ShareJudgement(double intended, long hits, long samples) {

  /** How often a share that is right may be called wrong. */
  public static final double ALPHA = 1e-6;

  /** The fewest samples to judge by. */
  public static final long LEAST = 2_000;

  public ShareJudgement {
    if (!(intended >= 0 && intended <= 1) || hits < 0 || samples < hits) {
      throw new IllegalArgumentException(hits + " of " + samples + " at " + intended);
    }
  }

  /** Judges one side among all that were counted. */
  public static ShareJudgement of(double intended, String side, Map<String, Long> counts) {
    long samples = counts.values().stream().mapToLong(Long::longValue).sum();
    return new ShareJudgement(intended, counts.getOrDefault(side, 0L), samples);
  }

  /** 0 to 1; 0 without samples. */
  public double measured() {
    return samples == 0 ? 0 : (double) hits / samples;
  }

  /** Whether there were enough samples and they agree. */
  public boolean withinBound() {
    return samples >= LEAST && Binomial.twoSided(hits, samples, intended) >= ALPHA;
  }
}
