package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.simulator.Campaign.Failure;
import dev.hikkoshi.environments.simulator.Campaign.Sums;
import dev.hikkoshi.environments.simulator.Shrink.Smallest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Runs many seeds.
 *
 * <pre>
 *   --seeds N     how many (default 10000)   --from S   the first (default 1)
 *   --state FILE  sums are kept there after each 2000 seeds; a campaign that was killed goes on
 *   --moves N     at least so many moves, or the campaign was too small (exit 2)
 *   --rare        do not fail when an event of the list never happened (few seeds)
 *   --seed S      one seed; with --trace everything that happened
 *     --only N,M  of all that disturbs it only these, by number
 *     --shrink    the smallest that disturbs it and breaks the same rule, and how to replay it
 *   --sweep N     the first N scenarios, undisturbed, with a crash at every boundary in turn
 * </pre>
 *
 * Exit 0 when every rule held and every event of the list was met; 1 for a broken rule, 2 for an
 * event that never happened.
 */
public final class SimulatorMain {

  private static final int SHOWN = 1;
  private static final int LISTED = 30;
  private static final int LAST_LINES = 80;
  private static final long PORTION = 64;
  private static final long ROUND = 2_000;

  private SimulatorMain() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    System.exit(run(List.of(args), System.out));
  }

  static int run(List<String> args, PrintStream out) throws InterruptedException, IOException {
    long one = number(args, "--seed", -1);
    if (one >= 0) {
      return args.contains("--shrink") ? shrink(one, out) : replay(one, args, out);
    }
    long sweep = number(args, "--sweep", 0);
    if (sweep > 0) {
      return sweep(sweep, out);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    Sums sums = campaign(args, processors, out);
    out.println(sums.line(processors));
    out.println(Machine.line());
    out.print(sums.sometimes().table());
    return verdict(sums, args, out);
  }

  private static Sums campaign(List<String> args, int processors, PrintStream out)
      throws InterruptedException, IOException {
    long seeds = number(args, "--seeds", 10_000);
    long from = number(args, "--from", 1);
    Optional<String> state = word(args, "--state");
    if (state.isEmpty()) {
      return Campaign.run(from, seeds, processors);
    }
    CampaignFile file = new CampaignFile(Path.of(state.get()), Code.digest(), from);
    Sums sums = file.read();
    out.printf("%,d of %,d seeds were run before%n", sums.seeds(), seeds);
    while (sums.seeds() < seeds) {
      long next = Math.min(ROUND, seeds - sums.seeds());
      sums = sums.plus(Campaign.run(from + sums.seeds(), next, processors));
      file.write(sums);
      out.println(sums.line(processors) + ", " + sums.failures().size() + " broke a rule");
    }
    return sums;
  }

  private static int verdict(Sums sums, List<String> args, PrintStream out) {
    for (Failure f : sums.failures().stream().limit(SHOWN).toList()) {
      replay(f.seed(), args, out);
    }
    if (!sums.failures().isEmpty()) {
      sums.failures().stream().limit(LISTED).forEach(f -> out.println(f.line()));
      out.printf("%d seeds broke a rule%n", sums.failures().size());
      return 1;
    }
    List<String> unmet = sums.sometimes().unmet();
    if (!unmet.isEmpty() && !args.contains("--rare")) {
      out.println("never happened: " + unmet);
      return 2;
    }
    long least = number(args, "--moves", 0);
    if (sums.moves() < least) {
      out.printf("%,d moves are fewer than %,d%n", sums.moves(), least);
      return 2;
    }
    out.printf(
        "no rule was broken: with 95 %% confidence fewer than 3 in %,d seeds do; %,d moves%n",
        sums.seeds(), sums.moves());
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

  /**
   * Looks for a seed that breaks a rule, and stops there.
   *
   * @return the lowest of the portion that had one, as {@code seed N: rule}; empty when none did
   */
  public static String hunt(long seeds, int threads) throws InterruptedException {
    for (long from = 1; from <= seeds; from += PORTION) {
      List<Failure> failures =
          Campaign.run(from, Math.min(PORTION, seeds - from + 1), threads).failures();
      if (!failures.isEmpty()) {
        return failures.getFirst().line();
      }
    }
    return "";
  }

  private static int shrink(long seed, PrintStream out) {
    Optional<Smallest> smallest = Shrink.of(d -> Simulation.of(seed, false, d));
    if (smallest.isEmpty()) {
      out.printf("seed %d holds every rule: there is nothing to shrink%n", seed);
      return 0;
    }
    Smallest s = smallest.get();
    s.needed().forEach(d -> out.printf("  %5d  %s%n", d.number(), d.what()));
    out.printf(
        "seed %d needs %d of its %d disturbances to break (%d runs): %s%n",
        seed, s.needed().size(), s.before(), s.runs(), s.rule());
    out.printf("replay: --seed %d --only %s%n", seed, s.arguments());
    return 1;
  }

  private static int replay(long seed, List<String> args, PrintStream out) {
    Disturbances disturbances =
        word(args, "--only").map(SimulatorMain::only).orElseGet(Disturbances::all);
    Simulation simulation = Simulation.of(seed, true, disturbances);
    out.printf("seed %d: %s%n", seed, Options.draw(seed));
    Optional<String> broken = simulation.broken();
    List<String> lines = simulation.chronicle.trace;
    if (args.contains("--trace")) {
      lines.forEach(out::println);
    } else if (broken.isPresent()) {
      lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(out::println);
    }
    if (broken.isEmpty()) {
      out.printf("seed %d holds every rule%n", seed);
      return 0;
    }
    out.printf("seed %d BROKE: %s%n", seed, broken.get());
    out.println("  " + simulation.state());
    simulation.thrown().ifPresent(thrown -> thrown.printStackTrace(out));
    return 1;
  }

  /** Numbers with commas between them; the empty text is none. */
  private static Disturbances only(String numbers) {
    return Disturbances.only(
        Arrays.stream(numbers.split(","))
            .filter(number -> !number.isBlank())
            .map(Integer::valueOf)
            .collect(Collectors.toSet()));
  }

  private static Optional<String> word(List<String> args, String key) {
    int at = args.indexOf(key);
    return at < 0 ? Optional.empty() : Optional.of(args.get(at + 1));
  }

  private static long number(List<String> args, String key, long otherwise) {
    return word(args, key).map(w -> Long.parseLong(w.replace("_", ""))).orElse(otherwise);
  }
}
