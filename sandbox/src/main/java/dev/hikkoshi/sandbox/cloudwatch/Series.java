package dev.hikkoshi.sandbox.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one metric by period. Thread-safe. A period can be read once it is over; three
 * hours are kept, or 1,800 periods where that is less.
 */
public final class Series {

  private static final Duration KEPT = Duration.ofHours(3);
  private static final int MOST = 1_800;

  private final InstantSource clock;
  private final long period;
  private final NavigableMap<Long, Statistics> periods = new TreeMap<>();

  Series(InstantSource clock, Duration period) {
    this.clock = clock;
    this.period = period.toMillis();
  }

  /** Adds a value to the present period. */
  public synchronized void add(double value) {
    long now = clock.millis();
    long start = now - Math.floorMod(now, period);
    Statistics values = periods.get(start);
    if (values == null) {
      // Not in computeIfAbsent: that may not change the map besides.
      periods.headMap(start - Math.min(KEPT.toMillis(), MOST * period)).clear();
      values = new Statistics();
      periods.put(start, values);
    }
    values.add(value);
  }

  /**
   * What was published in a span of time, in steps that begin at multiples of their length.
   *
   * @param end not included
   */
  synchronized SortedMap<Instant, Statistics> read(Instant start, Instant end, Duration step) {
    SortedMap<Instant, Statistics> all = new TreeMap<>();
    long length = step.toMillis();
    if (length < period) {
      return all; // nothing was ever published as finely as that
    }
    long from = start.toEpochMilli() - Math.floorMod(start.toEpochMilli(), length);
    periods
        .subMap(from, Math.max(from, end.toEpochMilli()))
        .forEach(
            (at, values) -> {
              if (at + period <= clock.millis()) {
                Instant key = Instant.ofEpochMilli(at - Math.floorMod(at, length));
                all.computeIfAbsent(key, k -> new Statistics()).add(values);
              }
            });
    return all;
  }
}
