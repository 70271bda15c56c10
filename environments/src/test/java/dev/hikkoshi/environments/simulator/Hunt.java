package dev.hikkoshi.environments.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Looks for one seed that breaks a rule, as fast as it can. */
public final class Hunt {

  private Hunt() {}

  /**
   * Runs seeds from 1 until one breaks a rule, or throws what is no rule.
   *
   * @param seeds at most so many
   * @param held called after each that held, by any thread
   * @return {@code seed N: rule}; which of several is chance, that there is one is not
   */
  public static Optional<String> first(long seeds, int threads, Runnable held)
      throws InterruptedException {
    AtomicLong next = new AtomicLong(1);
    AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
    Callable<Void> worker =
        () -> {
          for (long s = next.getAndIncrement();
              s <= seeds && found.get().isEmpty();
              s = next.getAndIncrement()) {
            Optional<String> rule = Simulation.of(s, false).broken();
            if (rule.isPresent()) {
              found.set(Optional.of(new Campaign.Failure(s, rule.get()).line()));
            }
            held.run();
          }
          return null;
        };
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(worker);
    }
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Void> ended : pool.invokeAll(workers)) {
        ended.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator itself failed", e.getCause());
    }
    return found.get();
  }
}
