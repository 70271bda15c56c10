package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Many seeds, and the sums of what came of them. */
final class Campaign {

  private static final double MINUTE = 60;

  private Campaign() {}

  /** A seed that broke a rule. */
  record Failure(long seed, String rule) {

    private static final int WIDTH = 400;

    /** In one line, shortened. */
    String line() {
      String line = rule.replaceAll("\\s+", " ");
      return "seed %d: %s".formatted(seed, line.substring(0, Math.min(line.length(), WIDTH)));
    }
  }

  /**
   * What seeds gave until now.
   *
   * @param passes of the controller, all together
   * @param seconds that went by while they ran
   * @param busySeconds of all processors that were spent on them, compiling and collecting included
   */
  record Sums(
      long seeds,
      long moves,
      long passes,
      double seconds,
      double busySeconds,
      Sometimes sometimes,
      List<Failure> failures) {

    Sums {
      failures = failures.stream().sorted(Comparator.comparingLong(Failure::seed)).toList();
    }

    static Sums none() {
      return new Sums(0, 0, 0, 0, 0, new Sometimes(), List.of());
    }

    Sums plus(Sums other) {
      Sometimes both = new Sometimes();
      both.add(sometimes);
      both.add(other.sometimes);
      List<Failure> all = new ArrayList<>(failures);
      all.addAll(other.failures);
      return new Sums(
          seeds + other.seeds,
          moves + other.moves,
          passes + other.passes,
          seconds + other.seconds,
          busySeconds + other.busySeconds,
          both,
          all);
    }

    /**
     * How many, how fast, and how fast it would be on processors that do nothing else: the two
     * differ by what else the machine had to do.
     */
    String line(int processors) {
      return ("%,d seeds, %,d moves, %,d passes in %,.0f s (%,.0f moves a minute);"
              + " %,.0f s of processor time (%,.0f moves a minute of %d processors)")
          .formatted(
              seeds,
              moves,
              passes,
              seconds,
              moves / seconds * MINUTE,
              busySeconds,
              moves / busySeconds * processors * MINUTE,
              processors);
    }
  }

  /** Runs seeds, each thread the next one that nobody has. */
  static Sums run(long from, long seeds, int threads) throws InterruptedException {
    long began = System.nanoTime();
    Duration busy = busy();
    AtomicLong next = new AtomicLong(from);
    List<Callable<Sums>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(() -> work(next, from + seeds));
    }
    Sums sums = Sums.none();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Sums> worker : pool.invokeAll(workers)) {
        sums = sums.plus(worker.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator itself failed", e.getCause());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double busySeconds = busy().minus(busy).toMillis() / 1e3;
    return sums.plus(new Sums(0, 0, 0, seconds, busySeconds, new Sometimes(), List.of()));
  }

  private static Sums work(AtomicLong next, long end) {
    Sometimes sometimes = new Sometimes();
    List<Failure> failures = new ArrayList<>();
    long seeds = 0;
    long moves = 0;
    long passes = 0;
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Simulation simulation = Simulation.of(seed, false);
      Optional<String> broken = simulation.broken();
      if (broken.isPresent()) {
        failures.add(new Failure(seed, broken.get()));
      }
      seeds++;
      moves += simulation.moves();
      passes += simulation.controller.passes();
      sometimes.add(simulation.chronicle.sometimes);
    }
    return new Sums(seeds, moves, passes, 0, 0, sometimes, failures);
  }

  /** Processor time of this process until now; nothing where the machine does not say. */
  private static Duration busy() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
