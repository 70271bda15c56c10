package dev.hikkoshi.gitsync;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to poll next, as a value without a thread. A hint polls at once, but never sooner than
 * {@code spacing} after the last poll: whoever can send hints cannot make us a burden to the
 * remote. Each time is moved by up to a tenth, so that many controllers do not ask at the same
 * moment. Failures change nothing: a constant rate needs no way back.
 */
final class PollTimes {

  private static final double JITTER = 0.1;

  private final Duration every;
  private final Duration spacing;
  private final RandomGenerator random;
  private Instant due;
  private Instant earliest;

  PollTimes(Duration every, Duration spacing, RandomGenerator random, Instant now) {
    this.every = every;
    this.spacing = spacing;
    this.random = random;
    this.due = now;
    this.earliest = now;
  }

  Instant due() {
    return due;
  }

  /** Somebody says that there is something new. */
  void hint(Instant now) {
    Instant wanted = now.isBefore(earliest) ? earliest : now;
    due = wanted.isBefore(due) ? wanted : due;
  }

  /** A poll begins now; a hint that comes while it runs asks for another one. */
  void polling(Instant now) {
    double factor = 1 - JITTER * random.nextDouble();
    due = now.plusNanos((long) (every.toNanos() * factor));
    earliest = now.plus(spacing);
  }
}
