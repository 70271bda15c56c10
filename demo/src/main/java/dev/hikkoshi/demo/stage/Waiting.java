package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for things that happen in other processes. */
public final class Waiting {

  private static final Duration LOOK = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Returns as soon as it is so.
   *
   * @param what for the message
   * @throws DemoException when it is not so in time, or when the thread is interrupted
   */
  public static void until(String what, Duration limit, BooleanSupplier so) {
    long end = System.nanoTime() + limit.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new DemoException("waited " + limit.toSeconds() + " s for " + what);
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoException("interrupted while waiting for " + what, e);
      }
    }
  }
}
