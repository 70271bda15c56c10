package dev.hikkoshi.environments.record;

import java.time.Duration;
import java.time.Instant;

/**
 * An action that did not work, and when it is tried again.
 *
 * @param times in a row
 */
public record Refusal(String text, Instant at, int times) {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Doubles from 2 s up to 5 min. */
  public Instant again() {
    Duration wait = FIRST.multipliedBy(1L << Math.min(times - 1, 8));
    return at.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
