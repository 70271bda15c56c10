package dev.hikkoshi.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something was seen when: counts by side in bars of a tenth of a second, kept for an
 * hour. Safe for several threads.
 */
public final class Timeline {

  /** The length of a bar; a window counts the bars that lie wholly in it. */
  public static final Duration BAR = Duration.ofMillis(100);

  private static final long KEPT = Duration.ofHours(1).dividedBy(BAR);

  private final NavigableMap<Long, SortedMap<String, Long>> bars = new TreeMap<>();

  /** Counts one. */
  public synchronized void add(Instant at, String side) {
    long bar = Math.floorDiv(at.toEpochMilli(), BAR.toMillis());
    bars.computeIfAbsent(bar, _ -> new TreeMap<>()).merge(side, 1L, Long::sum);
    while (bars.firstKey() < bars.lastKey() - KEPT) {
      bars.pollFirstEntry();
    }
  }

  /** Counts by side in the bars that begin at {@code from} or later and end by {@code to}. */
  public synchronized SortedMap<String, Long> between(Instant from, Instant to) {
    long first = Math.ceilDiv(from.toEpochMilli(), BAR.toMillis());
    long end = Math.floorDiv(to.toEpochMilli(), BAR.toMillis());
    SortedMap<String, Long> counts = new TreeMap<>();
    if (first < end) {
      for (Map<String, Long> bar : bars.subMap(first, end).values()) {
        bar.forEach((side, n) -> counts.merge(side, n, Long::sum));
      }
    }
    return counts;
  }
}
