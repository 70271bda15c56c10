package dev.hikkoshi.parity.speed;

import dev.hikkoshi.parity.Manifests;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code helmfile template} and {@code hikkoshi render} over the same fleet, whole processes. Both
 * look after what charts depend on, as they do where nobody says otherwise; that part of helmfile's
 * can be left out, and how long it takes without is shown beside it.
 */
public final class Speed {

  /** The claims of docs/evidence.md: how many times faster, by size of the fleet. */
  private static final Map<Integer, Integer> COLD = Map.of(100, 10, 1_000, 20);

  private static final int WARM = 40;

  /** What is over in a second is measured several times, in turns, and the median counts. */
  private static final int ROUNDS = 5;

  private static final int SMALL = 500;

  private final Path root;
  private final Path helmfile;
  private final Path helm;
  private final Path ground;
  private final PrintStream out;

  /**
   * Where to measure.
   *
   * @param root of the checkout
   * @param ground an empty folder
   */
  public Speed(Path root, Path helmfile, Path helm, Path ground, PrintStream out) {
    this.root = root;
    this.helmfile = helmfile;
    this.helm = helm;
    this.ground = ground;
    this.out = out;
  }

  /** 0 when all claims hold for that size. */
  public int run(int releases) throws IOException, InterruptedException {
    Path fleet = Files.createDirectories(ground.resolve("fleet-" + releases));
    Fleet.write(fleet, releases);
    List<Round> rounds = new ArrayList<>();
    boolean equal = true;
    int most = releases > SMALL ? 1 : ROUNDS;
    for (int i = 1; i <= most; i++) {
      Round round = round(fleet, ground.resolve("render-cache-%d-%d".formatted(releases, i)));
      for (Measured one : List.of(round.theirs(), round.lean(), round.cold(), round.warm())) {
        if (one.code() != 0) {
          out.println("exit " + one.code() + ": " + Files.readString(one.err()));
          return 1;
        }
      }
      rounds.add(round);
      equal &=
          equal(round.theirs(), round.lean())
              & equal(round.theirs(), round.cold())
              & equal(round.theirs(), round.warm());
    }
    Measured theirs = Measured.median(rounds.stream().map(Round::theirs).toList());
    Measured lean = Measured.median(rounds.stream().map(Round::lean).toList());
    Measured cold = Measured.median(rounds.stream().map(Round::cold).toList());
    Measured warm = Measured.median(rounds.stream().map(Round::warm).toList());
    line("helmfile template", releases, theirs);
    line("helmfile template --skip-deps", releases, lean);
    line("hikkoshi render, nothing kept", releases, cold);
    line("hikkoshi render, kept on disk", releases, warm);
    double coldFactor = factor(theirs, cold);
    double warmFactor = factor(theirs, warm);
    int wanted = COLD.getOrDefault(releases, 1);
    out.printf(
        "beside helmfile template --skip-deps: %.1f times faster cold, %.1f times warm%n",
        factor(lean, cold), factor(lean, warm));
    out.printf(
        "helmfile-speed: %d releases: %.1f times faster cold (wanted %d), %.1f times warm (wanted %d), answers %s%n",
        releases, coldFactor, wanted, warmFactor, WARM, equal ? "equal" : "DIFFERENT");
    return equal && coldFactor >= wanted && warmFactor >= WARM ? 0 : 1;
  }

  /** Each once: theirs, theirs without dependencies, ours with nothing kept, ours with that. */
  private record Round(Measured theirs, Measured lean, Measured cold, Measured warm) {}

  private Round round(Path fleet, Path cache) throws IOException, InterruptedException {
    return new Round(
        Measured.run(theirs(), fleet, theirEnvironment(), ground),
        Measured.run(theirs("--skip-deps"), fleet, theirEnvironment(), ground),
        Measured.run(ours(cache), fleet, Map.of(), ground),
        Measured.run(ours(cache), fleet, Map.of(), ground));
  }

  private boolean equal(Measured theirs, Measured ours) throws IOException {
    // Several helm processes at a time print in the order in which they end.
    List<String> differences =
        Manifests.differences(Files.readString(theirs.out()), Files.readString(ours.out()));
    differences.forEach(out::println);
    return differences.isEmpty();
  }

  private static double factor(Measured theirs, Measured ours) {
    return (double) theirs.took().toNanos() / ours.took().toNanos();
  }

  private void line(String what, int releases, Measured measured) {
    out.printf(
        "%-32s %5d releases  %10s  %6d MB%n",
        what, releases, measured.seconds(), measured.megabytes());
  }

  private List<String> theirs(String... options) {
    List<String> command = new ArrayList<>(List.of(helmfile.toString(), "--quiet"));
    command.addAll(List.of("--helm-binary", helm.toString()));
    command.addAll(List.of("--environment", "production", "template"));
    command.addAll(List.of(options));
    return command;
  }

  private Map<String, String> theirEnvironment() {
    return Map.of(
        "HELM_CACHE_HOME", ground.resolve("helm-cache").toString(),
        "HELM_CONFIG_HOME", ground.resolve("helm-config").toString(),
        "HELM_DATA_HOME", ground.resolve("helm-data").toString(),
        "HELMFILE_CACHE_HOME", ground.resolve("helmfile-cache").toString(),
        "HELMFILE_UPGRADE_NOTICE_DISABLED", "1");
  }

  private List<String> ours(Path cache) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("hikkoshi").toString());
    command.addAll(List.of("render", "--environment", "production"));
    command.addAll(List.of("--render-cache", cache.toString()));
    return command;
  }
}
