package dev.hikkoshi.clusters.helm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does things side by side, a few at a time, and fails with the first failure after all ended. */
final class Parallel implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("inside-", 0).factory());
  private final int width;
  private final Semaphore begun;

  Parallel(int width) {
    this.width = width;
    this.begun = new Semaphore(width);
  }

  /** Results in the order of the items. */
  <T, R> List<R> map(Collection<T> items, Function<T, R> work) {
    Semaphore slots = new Semaphore(width);
    List<Future<R>> running = new ArrayList<>();
    for (T item : items) {
      running.add(begin(slots, () -> work.apply(item)));
    }
    return join(running);
  }

  /** Begins with one thing, a few of those that were begun at a time; {@link #join} ends it. */
  <R> Future<R> begin(Supplier<R> work) {
    return begin(begun, work);
  }

  private <R> Future<R> begin(Semaphore slots, Supplier<R> work) {
    return threads.submit(
        () -> {
          slots.acquire();
          try {
            return work.get();
          } finally {
            slots.release();
          }
        });
  }

  /** The results of what was begun, in their order. */
  static <R> List<R> join(List<Future<R>> running) {
    List<R> results = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Future<R> one : running) {
      try {
        results.add(one.get());
      } catch (ExecutionException e) {
        failures.add(
            e.getCause() instanceof RuntimeException known
                ? known
                : new IllegalStateException(e.getCause()));
      } catch (InterruptedException e) {
        running.forEach(other -> other.cancel(true));
        Thread.currentThread().interrupt();
        throw NotDone.unclear("interrupted");
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
