package dev.hikkoshi.sandbox.pods;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a pod's threads hear of its end. First it <em>ends</em>: hooks run and requests are finished;
 * then, or at once, it is <em>gone</em>: nobody is asked any more.
 */
final class Stopping {

  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  void end() {
    ending.countDown();
  }

  void go() {
    // In this order: whoever wakes because it ends must see that it is gone, or it would say
    // goodbye
    // to an API server that is to remember it.
    gone.countDown();
    ending.countDown();
  }

  boolean ending() {
    return ending.getCount() == 0;
  }

  boolean gone() {
    return gone.getCount() == 0;
  }

  /** Waits; false as soon as the pod ends. */
  boolean pause(Duration time) {
    return await(ending, time);
  }

  /** Waits; false as soon as the pod is gone. */
  boolean linger(Duration time) {
    return await(gone, time);
  }

  private static boolean await(CountDownLatch latch, Duration time) {
    try {
      return !latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
