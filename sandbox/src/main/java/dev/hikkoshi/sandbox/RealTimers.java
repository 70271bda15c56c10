package dev.hikkoshi.sandbox;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Timers of the real clock. */
final class RealTimers implements Timers, AutoCloseable {

  private static final Logger LOG = System.getLogger(RealTimers.class.getName());

  /** So long the end waits for work that was begun; the folder may be deleted right after it. */
  private static final Duration LAST = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor scheduler;
  private final Set<Thread> begun = ConcurrentHashMap.newKeySet();

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
        scheduler.schedule(() -> begin(what, work), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private void begin(String what, Work work) {
    Thread thread =
        Thread.ofVirtual()
            .name(what)
            .unstarted(
                () -> {
                  run(what, work);
                  begun.remove(Thread.currentThread());
                });
    begun.add(thread);
    thread.start();
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

  /** Nothing begins any more; what was begun has ended, or had its time. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    try {
      awaitBegun();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitBegun() throws InterruptedException {
    if (!scheduler.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Logger.Level.WARNING, "the timers do not end");
    }
    for (Thread thread : begun) {
      if (!thread.equals(Thread.currentThread()) && !thread.join(LAST)) {
        LOG.log(Logger.Level.WARNING, "still at work: " + thread.getName());
      }
    }
  }
}
