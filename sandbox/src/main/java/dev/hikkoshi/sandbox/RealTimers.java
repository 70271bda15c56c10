package dev.hikkoshi.sandbox;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Timers of the real clock. */
final class RealTimers implements Timers, AutoCloseable {

  private static final Logger LOG = System.getLogger(RealTimers.class.getName());

  private final ScheduledThreadPoolExecutor scheduler;

  RealTimers() {
    scheduler =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sandbox-timers").factory());
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Timer after(Duration delay, String what, Work work) {
    if (scheduler.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> future =
        scheduler.schedule(
            () -> {
              Thread.ofVirtual().name(what).start(() -> run(what, work));
            },
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Timer every(Duration delay, String what, Work work) {
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicReference<Timer> current = new AtomicReference<>(() -> {});
    again(delay, what, work, stopped, current);
    return () -> {
      stopped.set(true);
      current.get().cancel();
    };
  }

  private void again(
      Duration delay,
      String what,
      Work work,
      AtomicBoolean stopped,
      AtomicReference<Timer> current) {
    current.set(
        after(
            delay,
            what,
            () -> {
              run(what, work);
              if (!stopped.get()) {
                again(delay, what, work, stopped, current);
              }
            }));
  }

  private void run(String what, Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (!scheduler.isShutdown()) {
        LOG.log(Logger.Level.ERROR, "failed: " + what, e);
      }
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
