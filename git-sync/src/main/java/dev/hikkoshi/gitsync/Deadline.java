package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends work that takes too long or grows too large. A remote that sends one byte now and then is
 * never silent, so time-outs of reads do not bound it. The work runs on a virtual thread: there an
 * interrupt also ends a read from a socket.
 */
final class Deadline {

  private static final long LOOK_MILLIS = 500;

  private Deadline() {}

  /** Throws when the work must end; asked twice a second. */
  interface Guard {
    void check() throws Trouble;
  }

  /** Does the work, or throws {@link Trouble} when it was ended. */
  static <T> T run(Duration longest, Guard guard, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("git-transfer").start(task);
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (System.nanoTime() < end) {
        try {
          return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          guard.check();
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      task.cancel(true);
    }
    throw new Trouble(
        Cause.TOO_LARGE, "not done within " + longest.toSeconds() + " s, so it was ended");
  }
}
