package dev.hikkoshi.environments.mutants;

import dev.hikkoshi.environments.mutants.Tally.Share;
import dev.hikkoshi.environments.simulator.Code;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Judges mutants.
 *
 * <pre>
 *   --sample N    so many, drawn by chance (default 300); --all takes every one
 *   --draw S      the seed of the draw (default 1)
 *   --seeds N     of the simulator, for each mutant (default 300)
 *   --only TEXT   only those whose class and method hold this text
 *   --simulator   those of plan and move, and no test is asked: what its worlds and rules let pass
 *   --again FILE  only those that nobody noticed in the verdicts of an earlier run
 *   --state FILE  verdicts are kept there (target/mutants); a run that was killed goes on
 * </pre>
 *
 * Exit 0 when the simulator notices at least 80 % of plan and move, and simulator and tests
 * together at least 85 % of plan, move and check; 1 when not; 2 when the core as it is was noticed.
 */
public final class MutantsMain {

  private static final double BY_SIMULATOR = 80;
  private static final double BY_ALL = 85;
  private static final int TOLD = 20;

  private final List<String> words;
  private final PrintStream out;
  private final long seeds;
  private final boolean tested;

  private MutantsMain(List<String> words, PrintStream out) {
    this.words = words;
    this.out = out;
    this.seeds = Long.parseLong(option("--seeds").orElse("300"));
    this.tested = !words.contains("--simulator");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(new MutantsMain(List.of(args), System.out).run());
  }

  private Optional<String> option(String flag) {
    int at = words.indexOf(flag);
    return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  private int run() throws IOException, InterruptedException {
    List<Mutation> all = Catalogue.all();
    List<Mutation> drawn = drawn(all);
    Path agent = Files.createTempFile("agent", ".jar");
    Agent.writeJar(agent);
    try {
      Set<String> reached = Judge.reach(agent, seeds);
      out.printf(
          "%,d mutants, %,d of them drawn; %,d seeds enter %,d methods%n",
          all.size(), drawn.size(), seeds, reached.size());
      Optional<Map<Mutation, Verdict>> verdicts = judge(agent, drawn, reached);
      return verdicts.map(v -> told(new Tally(v), all.size())).orElse(2);
    } finally {
      Files.delete(agent);
    }
  }

  private List<Mutation> drawn(List<Mutation> all) throws IOException {
    Optional<String> again = option("--again");
    if (again.isPresent()) {
      return MutantsFile.missed(Path.of(again.get()));
    }
    String only = option("--only").orElse("");
    List<Mutation> wanted =
        new ArrayList<>(
            all.stream()
                .filter(m -> m.place().contains(only))
                .filter(m -> tested || Tally.SIMULATED.contains(m.part()))
                .toList());
    if (words.contains("--all")) {
      return wanted;
    }
    Collections.shuffle(wanted, new Random(Long.parseLong(option("--draw").orElse("1"))));
    int sample = Integer.parseInt(option("--sample").orElse("300"));
    return wanted.subList(0, Math.min(sample, wanted.size()));
  }

  private Optional<Map<Mutation, Verdict>> judge(
      Path agent, List<Mutation> drawn, Set<String> reached)
      throws IOException, InterruptedException {
    Path state = Path.of(option("--state").orElse("target/mutants"));
    MutantsFile file = new MutantsFile(state, head());
    Map<Mutation, Verdict> known = file.read();
    Map<Mutation, Verdict> verdicts = new LinkedHashMap<>();
    long began = System.nanoTime();
    try (Judge judge = new Judge(agent, seeds, tested)) {
      Verdict sound = judge.sound();
      if (sound.bySomebody()) {
        out.println("mutants: FAILED, the core as it is was noticed: " + sound.how());
        return Optional.empty();
      }
      for (Mutation mutation : drawn) {
        Verdict verdict = known.get(mutation);
        if (verdict == null) {
          verdict = judge.of(mutation, reached.contains(mutation.place()));
          file.add(mutation, verdict);
        }
        verdicts.put(mutation, verdict);
        if (verdicts.size() % TOLD == 0) {
          progress(verdicts, drawn.size(), Duration.ofNanos(System.nanoTime() - began));
        }
      }
    }
    return Optional.of(verdicts);
  }

  private String head() throws IOException {
    String judges = tested ? "" : ", no tests";
    return "%s, %d seeds%s".formatted(Code.digest(), seeds, judges);
  }

  private void progress(Map<Mutation, Verdict> verdicts, int of, Duration spent) {
    Tally tally = new Tally(verdicts);
    out.printf(
        "%,d of %,d after %d s: simulator %s, all %s%n",
        verdicts.size(), of, spent.toSeconds(), tally.simulator(), tally.all());
  }

  private int told(Tally tally, int all) {
    tally.missed().forEach(out::println);
    tally.table().forEach(out::println);
    Share simulator = tally.simulator();
    Share everybody = tally.all();
    boolean enough =
        simulator.percent() >= BY_SIMULATOR && (!tested || everybody.percent() >= BY_ALL);
    out.printf(
        "mutants: %s%,d of %,d mutants: the simulator notices %s of plan and move (at least %.1f %% with"
            + " 95 %% confidence), simulator and tests %s of plan, move and check (%.1f %%)%n",
        enough ? "" : "FAILED, ",
        everybody.of(),
        all,
        simulator,
        simulator.least(),
        everybody,
        everybody.least());
    return enough ? 0 : 1;
  }
}
