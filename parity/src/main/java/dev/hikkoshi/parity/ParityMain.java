package dev.hikkoshi.parity;

import dev.hikkoshi.parity.speed.Speed;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/parity}: asks helmfile and Hikkoshi the same and compares what they answer. */
@Command(
    name = "parity",
    description = "Asks helmfile and Hikkoshi the same and compares their answers.",
    mixinStandardHelpOptions = true)
public final class ParityMain implements Callable<Integer> {

  /** What is asked. */
  enum Part {
    /** Cases of our own that walk the merge table and templating. */
    OWN,
    /** The test data of helmfile's own module. */
    THEIRS,
    /** Random helmfiles. */
    RANDOM,
    /** Writes what the judge answers to our own cases beside them. */
    RECORD,
    /** Prints the files of a seed. */
    SHOW,
    /** Times of whole processes. */
    SPEED
  }

  @SuppressWarnings("NullAway.Init")
  @Parameters(arity = "1", description = "own, theirs, random, record, show or speed")
  private Part part;

  @Option(names = "--only", description = "Cases whose name has this in it.")
  private String only = "";

  @Option(names = "--from", description = "The first seed.")
  private long from = 1;

  @Option(names = "--seeds", description = "How many seeds.")
  private int seeds = 2_000;

  @Option(names = "--releases", split = ",", description = "Sizes of the fleets to time.")
  private List<Integer> releases = List.of(100, 1_000);

  @Option(names = "--modules", description = "Go's module cache (go env GOMODCACHE).")
  private Path modules = Path.of(System.getProperty("user.home"), "go/pkg/mod");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private ParityMain() {}

  /** Runs a part and ends the JVM: 0 when all is equal, 1 when not. */
  public static void main(String[] args) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    CommandLine line = new CommandLine(new ParityMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (part == Part.SHOW) {
      Case shown = RandomCase.of(from);
      out.print(new Archive(shown.questions() + "\n", shown.files()));
      return 0;
    }
    Path root = Path.of(System.getProperty("hikkoshi.root", "")).toAbsolutePath();
    Path ground = Files.createTempDirectory("parity").toRealPath();
    Toolbox toolbox =
        Toolbox.standard(InstantSource.system(), ProgressListener.lines(System.err::println));
    Path helm = toolbox.find(Tool.HELM.pinned());
    Judge judge =
        new Judge(
            toolbox.find(Tool.HELMFILE.pinned()),
            helm,
            Files.createDirectory(ground.resolve("home")));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Ours ours = new Ours(ground, System.getenv());
      Trial trial = new Trial(judge, ours, ground, threads);
      return switch (part) {
        case OWN -> new Campaign(trial, out).cases(own(root));
        case RANDOM ->
            new Campaign(trial, out).seeds(LongStream.range(from, from + seeds).boxed().toList());
        case THEIRS ->
            new Upstream(toolbox, judge, ground, threads, out)
                .run(module(), root.resolve("parity/upstream.txt"), only);
        case RECORD -> new Recording(judge, ground, out).write(root.resolve("parity/cases"), only);
        case SHOW -> 0;
        case SPEED -> speed(root, toolbox, helm, ground);
      };
    } finally {
      Trial.delete(ground);
    }
  }

  private int speed(Path root, Toolbox toolbox, Path helm, Path ground)
      throws IOException, InterruptedException {
    Speed speed = new Speed(root, toolbox.find(Tool.HELMFILE.pinned()), helm, ground, out);
    int code = 0;
    for (int size : releases) {
      code = Math.max(code, speed.run(size));
    }
    return code;
  }

  /** Building helmfile has put its module into Go's cache. */
  private Path module() {
    return modules.resolve("github.com/helmfile/helmfile@v" + Tool.HELMFILE.pinned().version());
  }

  private List<Case> own(Path root) {
    return Case.folder(root.resolve("parity/cases")).stream()
        .filter(one -> one.name().contains(only))
        .toList();
  }
}
