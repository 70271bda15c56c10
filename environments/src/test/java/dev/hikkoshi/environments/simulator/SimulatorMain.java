package dev.hikkoshi.environments.simulator;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Runs many seeds.
 *
 * <pre>
 *   --seeds N   how many (default 10000)   --from S   the first (default 1)
 *   --seed S    one seed; with --trace everything that happened
 *   --moves N   at least so many moves, or the campaign was too small (exit 2)
 *   --sweep N   the first N scenarios, undisturbed, with a crash at every boundary in turn
 *   --rare      do not fail when an event of the list never happened (few seeds)
 * </pre>
 *
 * Exit 0 when every rule held and every event of the list was met; 1 for a broken rule, 2 for an
 * event that never happened.
 */
public final class SimulatorMain {

  private static final int SHOWN = 1;
  private static final int LISTED = 30;
  private static final int WIDTH = 400;
  private static final int LAST_LINES = 80;
  private static final long PORTION = 64;

  private SimulatorMain() {}

  /** A seed that broke a rule. */
  record Failure(long seed, String rule) {

    String line() {
      return "seed %d: %s".formatted(seed, rule.substring(0, Math.min(rule.length(), WIDTH)));
    }
  }

  /** What a campaign gave. */
  record Result(long moves, Sometimes sometimes, List<Failure> failures) {}

  public static void main(String[] args) throws InterruptedException {
    System.exit(run(List.of(args), System.out));
  }

  static int run(List<String> args, PrintStream out) throws InterruptedException {
    long one = number(args, "--seed", -1);
    if (one >= 0) {
      return replay(one, args.contains("--trace"), out);
    }
    long sweep = number(args, "--sweep", 0);
    if (sweep > 0) {
      return sweep(sweep, out);
    }
    long seeds = number(args, "--seeds", 10_000);
    long from = number(args, "--from", 1);
    long begin = System.nanoTime();
    Result result = campaign(from, seeds, Runtime.getRuntime().availableProcessors());
    double seconds = (System.nanoTime() - begin) / 1e9;
    out.printf(
        "%,d seeds from %d, %,d moves in %.1f s (%,.0f moves a minute)%n",
        seeds, from, result.moves(), seconds, result.moves() / seconds * 60);
    out.print(result.sometimes());
    for (Failure f : result.failures().stream().limit(SHOWN).toList()) {
      replay(f.seed(), true, out);
    }
    if (!result.failures().isEmpty()) {
      result.failures().stream().limit(LISTED).forEach(f -> out.println(f.line()));
      out.printf("%d seeds broke a rule%n", result.failures().size());
      return 1;
    }
    List<String> unmet = result.sometimes().unmet();
    if (!unmet.isEmpty() && !args.contains("--rare")) {
      out.println("never happened: " + unmet);
      return 2;
    }
    long least = number(args, "--moves", 0);
    if (result.moves() < least) {
      out.printf("%,d moves are fewer than %,d%n", result.moves(), least);
      return 2;
    }
    out.printf(
        "no rule was broken: with 95 %% confidence fewer than 3 in %,d seeds do; %,d moves%n",
        seeds, result.moves());
    return 0;
  }

  private static int sweep(long scenarios, PrintStream out) {
    List<CrashSweep.Result> results =
        LongStream.rangeClosed(1, scenarios)
            .parallel()
            .mapToObj(seed -> CrashSweep.of(seed, 1))
            .toList();
    List<Failure> failures = results.stream().flatMap(r -> r.failures().stream()).toList();
    failures.stream().limit(LISTED).forEach(f -> out.println(f.line()));
    int boundaries = results.stream().mapToInt(CrashSweep.Result::boundaries).sum();
    out.printf(
        "%,d scenarios with a crash at each of %,d boundaries, %d broke a rule%n",
        scenarios, boundaries, failures.size());
    return failures.isEmpty() ? 0 : 1;
  }

  static Result campaign(long from, long seeds, int threads) throws InterruptedException {
    AtomicLong next = new AtomicLong(from);
    AtomicLong moves = new AtomicLong();
    Sometimes all = new Sometimes();
    ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          () -> {
            Sometimes mine = new Sometimes();
            for (long s = next.getAndIncrement(); s < from + seeds; s = next.getAndIncrement()) {
              Simulation simulation = Simulation.of(s, false);
              try {
                simulation.run();
              } catch (RuntimeException | AssertionError e) {
                failures.add(new Failure(s, e.toString()));
              }
              moves.addAndGet(simulation.moves());
              mine.add(simulation.sometimes);
            }
            synchronized (all) {
              all.add(mine);
            }
            return null;
          });
    }
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Void> worker : pool.invokeAll(workers)) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator itself failed", e.getCause());
    }
    List<Failure> sorted =
        failures.stream().sorted(Comparator.comparingLong(Failure::seed)).toList();
    return new Result(moves.get(), all, sorted);
  }

  /**
   * Looks for a seed that breaks a rule, and stops there.
   *
   * @return the lowest of the portion that had one, as {@code seed N: rule}; empty when none did
   */
  public static String hunt(long seeds, int threads) throws InterruptedException {
    for (long from = 1; from <= seeds; from += PORTION) {
      List<Failure> failures =
          campaign(from, Math.min(PORTION, seeds - from + 1), threads).failures();
      if (!failures.isEmpty()) {
        return failures.getFirst().line();
      }
    }
    return "";
  }

  private static int replay(long seed, boolean traced, PrintStream out) {
    Simulation simulation = Simulation.of(seed, true);
    out.printf("seed %d: %s%n", seed, Options.draw(seed));
    try {
      simulation.run();
      if (traced) {
        simulation.trace.forEach(out::println);
      }
      out.printf("seed %d holds every rule%n", seed);
      return 0;
    } catch (RuntimeException | AssertionError e) {
      List<String> lines = simulation.trace;
      lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(out::println);
      out.printf("seed %d BROKE: %s%n", seed, e.getMessage() == null ? e : e.getMessage());
      out.println("  " + simulation.state());
      if (!(e instanceof Invariants.Violation)) {
        e.printStackTrace(out);
      }
      return 1;
    }
  }

  private static long number(List<String> args, String key, long otherwise) {
    int at = args.indexOf(key);
    return at < 0 ? otherwise : Long.parseLong(args.get(at + 1).replace("_", ""));
  }
}
