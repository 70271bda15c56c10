package dev.hikkoshi.environments.observed;

import java.time.Instant;
import java.util.Map;

/**
 * What really went where on one route, over one window.
 *
 * @param unit what was counted
 * @param counts by cluster name; strangers under {@code ""}
 * @param from inclusive; for requests the start of a whole metric period
 * @param to exclusive
 */
public record Measured(Unit unit, Map<String, Long> counts, Instant from, Instant to) {

  public Measured {
    counts = Map.copyOf(counts);
  }

  /** The number of samples on all sides. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The samples that one cluster got; none if it is not named. */
  public long of(String cluster) {
    return counts.getOrDefault(cluster, 0L);
  }

  /** What a sample is. */
  public enum Unit {
    /** Requests counted by the load balancer. */
    REQUESTS,
    /** Answers of the authoritative servers to queries of our own. */
    ANSWERS
  }
}
