package dev.hikkoshi.demo.load;

import java.time.Duration;
import java.util.Arrays;

/**
 * A histogram of bounded size: eight bars to each doubling, from one microsecond to over an hour,
 * so that a percentile is at most one eighth too high. Not safe for several threads.
 */
final class Latencies {

  private static final int BARS = 8;
  private static final int LOG_BARS = 3;
  private static final int DOUBLINGS = 32;

  private final long[] bars;
  private long count;

  Latencies() {
    this(new long[BARS * DOUBLINGS], 0);
  }

  private Latencies(long[] bars, long count) {
    this.bars = bars;
    this.count = count;
  }

  void add(Duration took) {
    bars[bar(took.toNanos() / 1_000)]++;
    count++;
  }

  Latencies copy() {
    return new Latencies(bars.clone(), count);
  }

  long count() {
    return count;
  }

  /**
   * The time in which this part of all ended.
   *
   * @param part 0 to 1
   * @return zero when nothing was counted
   */
  Duration within(double part) {
    long wanted = Math.max(1, (long) Math.ceil(part * count));
    long seen = 0;
    for (int i = 0; i < bars.length; i++) {
      seen += bars[i];
      if (seen >= wanted) {
        return Duration.ofNanos(1_000 * upper(i));
      }
    }
    return Duration.ZERO;
  }

  private static int bar(long micros) {
    long value = Math.max(0, micros);
    if (value < BARS) {
      return (int) value;
    }
    int doubling = 63 - Long.numberOfLeadingZeros(value);
    int within = (int) (value >>> (doubling - LOG_BARS)) - BARS;
    return Math.min((doubling - LOG_BARS + 1) * BARS + within, BARS * DOUBLINGS - 1);
  }

  /** The largest value that falls into a bar. */
  private static long upper(int bar) {
    if (bar < BARS) {
      return bar;
    }
    int shift = bar / BARS - 1;
    return ((long) (BARS + bar % BARS + 1) << shift) - 1;
  }

  @Override
  public String toString() {
    return count + " " + Arrays.toString(bars);
  }
}
