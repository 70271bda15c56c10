package dev.hikkoshi.sandbox.pods;

import java.time.Duration;
import java.time.Instant;

/** How many requests came within about the last second, and when a throttled disk is free. */
final class Rate {

  private long second = Long.MIN_VALUE;
  private int now;
  private int before;
  private Instant free = Instant.MIN;

  /** Counts a request; how many came within the last second, this one among them. */
  synchronized double count(Instant at) {
    long here = at.getEpochSecond();
    if (here != second) {
      before = here == second + 1 ? now : 0;
      now = 0;
      second = here;
    }
    now++;
    double left = 1 - at.getNano() / 1e9;
    return now + before * left;
  }

  /** How long a request waits for a disk that does so many a second; it takes its place in line. */
  synchronized Duration queue(Instant at, double perSecond) {
    Instant begins = free.isAfter(at) ? free : at;
    free = begins.plusNanos((long) (1e9 / perSecond));
    return Duration.between(at, begins);
  }
}
