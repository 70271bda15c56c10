package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.Timers;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work by name, one piece at a time: what is asked for twice before its turn is done once; what
 * fails is done again after a while, longer each time. Thread-safe.
 */
final class WorkQueue implements AutoCloseable {

  private static final Logger LOG = System.getLogger(WorkQueue.class.getName());
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final int MOST_DOUBLINGS = 7;

  private final String name;
  private final Timers timers;
  private final Map<String, Work> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private boolean closed;

  /** It was not possible now. */
  static final class Again extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** A piece of work. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws Again;
  }

  private record Named(String key, Work work) {}

  WorkQueue(String name, Timers timers) {
    this.name = name;
    this.timers = timers;
  }

  /** Begins to work; until then work is collected. */
  void start() {
    Thread.ofVirtual().name(name).start(this::work);
  }

  synchronized void add(String key, Work work) {
    if (!closed) {
      waiting.putIfAbsent(key, work);
      notifyAll();
    }
  }

  private void work() {
    for (Named next = next(); next != null; next = next()) {
      try {
        next.work().run();
        succeeded(next.key());
      } catch (Again e) {
        again(next);
      } catch (RuntimeException e) {
        LOG.log(Logger.Level.ERROR, name + " failed on " + next.key(), e);
        again(next);
      }
    }
  }

  private synchronized @Nullable Named next() {
    while (waiting.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    if (closed) {
      return null;
    }
    var first = waiting.entrySet().iterator().next();
    waiting.remove(first.getKey());
    return new Named(first.getKey(), first.getValue());
  }

  private synchronized void succeeded(String key) {
    failures.remove(key);
  }

  private synchronized void again(Named work) {
    if (closed) {
      return;
    }
    int times = failures.merge(work.key(), 1, Integer::sum);
    Duration pause = FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    timers.after(pause, name, () -> add(work.key(), work.work()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    notifyAll();
  }
}
