package dev.hikkoshi.demo;

import dev.hikkoshi.demo.altered.Sabotage;
import dev.hikkoshi.demo.story.Demo;
import dev.hikkoshi.demo.story.HeldException;
import dev.hikkoshi.demo.story.SabotageRun;
import dev.hikkoshi.demo.story.Teller;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the demo. */
@Command(
    name = "hikkoshi demo",
    mixinStandardHelpOptions = true,
    description = {
      "A whole move and its return, on this machine, with users.",
      "",
      "Starts a sandbox and a controller, builds a cluster of Kubernetes 1.36 out of docs/sample,"
          + " lets users come, merges 1.37, reverts that in the middle of the move, merges it again"
          + " and retires the old cluster. No request may be lost.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hikkoshi demo                        and look around afterwards",
      "  hikkoshi demo --once --report r.json exit 0 only if all of it happened",
      "  hikkoshi demo --sabotage all-zero    exit 0 only if that was caught",
      "",
      "Exit codes: 0 all of it happened, 1 not all of it, 64 wrong usage, 130 interrupted.",
    })
public final class DemoMain implements Callable<Integer> {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 64;

  @Option(names = "--once", description = "End after the story instead of staying up.")
  private boolean once;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what was measured, as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where everything goes; must be empty. Stays at the end (default: temporary).")
  private @Nullable Path state;

  @Option(names = "--keep", description = "Do not remove the temporary folder at the end.")
  private boolean keep;

  @Option(
      names = "--sabotage",
      paramLabel = "RULE",
      converter = SabotageWord.class,
      description =
          "Break one rule and see it caught: attach-before-ready, retire-at-once, upsert-one-side,"
              + " all-zero or ignore-ttl. Exit 0 only if it was caught.")
  private @Nullable Sabotage sabotage;

  /** Reads a sabotage. */
  static final class SabotageWord implements ITypeConverter<Sabotage> {

    @Override
    public Sabotage convert(String word) {
      return Sabotage.of(word)
          .orElseThrow(
              () -> new TypeConversionException("'" + word + "' is none of " + Sabotage.words()));
    }
  }

  /** Runs the demo and ends the process with its code. */
  public static void main(String[] args) {
    Runtime.getRuntime().exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new DemoMain());
    line.setParameterExceptionHandler(
        (wrong, _) -> {
          PrintWriter err = wrong.getCommandLine().getErr();
          err.println("hikkoshi demo: " + wrong.getMessage());
          err.println("hikkoshi demo --help says how it is used");
          err.flush();
          return USAGE;
        });
    line.setExecutionExceptionHandler((e, failed, _) -> failed(e, failed));
    return line;
  }

  private static int failed(Exception e, CommandLine line) throws Exception {
    if (e instanceof DemoException || e instanceof HeldException) {
      line.getErr().println("hikkoshi demo: " + e.getMessage());
      line.getErr().flush();
      return FAILED;
    }
    throw e;
  }

  @Override
  public Integer call() {
    InstantSource clock = InstantSource.system();
    Teller teller = Teller.standard(clock);
    boolean good =
        sabotage == null
            ? new Demo(options(), teller, clock).run()
            : new SabotageRun(sabotage, teller, clock).run(Optional.ofNullable(state), keep);
    return good ? OK : FAILED;
  }

  Demo.Options options() {
    String seconds = System.getenv().getOrDefault("HIKKOSHI_BUILD_SECONDS", "0");
    Duration build = Duration.ofSeconds(seconds.matches("\\d{1,9}") ? Long.parseLong(seconds) : 0);
    return new Demo.Options(
        once, Optional.ofNullable(report), Optional.ofNullable(state), keep, build);
  }
}
