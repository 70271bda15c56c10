package dev.hikkoshi.clusters.route53;

import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Spaces out the calls of one account. Route 53 allowed five requests a second for years and allows
 * ten now (DNSLimitations.html); half of it is left for the others who use the account.
 */
final class Pace {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long gap;
  private final long burst;
  private final LongSupplier nanos;
  private final Sleep sleep;
  private long next;

  /** How time passes while one waits. */
  @FunctionalInterface
  interface Sleep {
    void forNanos(long nanos) throws InterruptedException;
  }

  Pace(int perSecond, LongSupplier nanos, Sleep sleep) {
    this.gap = SECOND / perSecond;
    this.burst = SECOND - gap;
    this.nanos = nanos;
    this.sleep = sleep;
    this.next = nanos.getAsLong() - burst;
  }

  static Pace ofRoute53() {
    return new Pace(
        5,
        System::nanoTime,
        n -> {
          Duration wait = Duration.ofNanos(n);
          Thread.sleep(wait);
        });
  }

  /** Waits for the turn of one call. */
  void take() {
    long wait = turn();
    if (wait <= 0) {
      return;
    }
    try {
      sleep.forNanos(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before the call", e);
    }
  }

  private synchronized long turn() {
    long now = nanos.getAsLong();
    next = Math.max(next, now - burst) + gap;
    return next - gap - now;
  }
}
