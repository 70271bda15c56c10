package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.sandbox.physics.PhysicsFile;
import dev.hikkoshi.sandbox.state.FileStateStore;
import dev.hikkoshi.sandbox.state.Json;
import dev.hikkoshi.tools.ProgressListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the sandbox; also the {@code sandbox} command of the CLI. */
@Command(
    name = "hikkoshi sandbox",
    description = "An AWS region on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SandboxMain.Run.class, SandboxMain.Status.class, SandboxMain.Stop.class})
public final class SandboxMain implements Callable<Integer> {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 64;

  @Spec private @Nullable CommandSpec spec;

  /** Runs a command and ends the process with its code. */
  public static void main(String[] args) {
    Runtime.getRuntime().exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SandboxMain());
    line.setParameterExceptionHandler(
        (wrong, _) -> {
          PrintWriter err = wrong.getCommandLine().getErr();
          String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
          err.println(command + ": " + wrong.getMessage());
          err.println(command + " --help says how it is used");
          err.flush();
          return USAGE;
        });
    return line;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getErr());
    }
    return USAGE;
  }

  /** Where the state is if nobody says otherwise. */
  static Path defaultState() {
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("hikkoshi").resolve("sandbox");
  }

  /** Options of all commands. */
  static final class Common {

    @Option(
        names = "--state",
        paramLabel = "DIR",
        description = "Directory of the sandbox's state (default: under ~/.local/state).")
    private @Nullable Path state;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FORMAT",
        defaultValue = "text",
        description = "text or json (default: ${DEFAULT-VALUE}).")
    private String output = "text";

    Path state() {
      return (state == null ? defaultState() : state).toAbsolutePath().normalize();
    }

    boolean json() {
      return output.equals("json");
    }
  }

  /** Runs a sandbox until it is stopped. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Run a region until SIGTERM, Ctrl-C or 'sandbox stop'.")
  static final class Run implements Callable<Integer> {

    @CommandLine.Mixin private Common common = new Common();
    @Spec private @Nullable CommandSpec spec;

    @Option(
        names = "--port",
        defaultValue = "4566",
        description = "Port on 127.0.0.1; 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = SandboxOptions.DEFAULT_PORT;

    @Option(
        names = "--physics",
        paramLabel = "fast|aws|FILE",
        defaultValue = "aws",
        description = "How long things take (default: ${DEFAULT-VALUE}).")
    private String physics = "aws";

    @Option(
        names = "--management",
        description = "Also run a control plane for a controller's own objects.")
    private boolean management;

    @Option(names = "--faults", paramLabel = "FILE", description = "Fault rules, a JSON list.")
    private @Nullable Path faults;

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = writer(spec, false);
      PrintWriter err = writer(spec, true);
      Consumer<String> say = line -> println(err, "sandbox: " + line);
      SandboxOptions options;
      try {
        options =
            SandboxOptions.of(common.state())
                .withPort(port)
                .withPhysics(PhysicsFile.read(physics))
                .withManagement(management)
                .telling(say, ProgressListener.lines(say));
        options = faults == null ? options : options.withFaults(faults);
      } catch (IllegalArgumentException e) {
        println(err, String.valueOf(e.getMessage()));
        return USAGE;
      }
      return run(options, out, err);
    }

    private int run(SandboxOptions options, PrintWriter out, PrintWriter err)
        throws InterruptedException {
      Sandbox sandbox;
      try {
        sandbox = Sandbox.start(options);
      } catch (RuntimeException e) {
        println(err, "the sandbox could not start: " + e.getMessage());
        return FAILED;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
      println(out, common.json() ? sandbox.summary().toString() : text(sandbox));
      sandbox.awaitEnd();
      return OK;
    }

    private static String text(Sandbox sandbox) {
      return "ready  export AWS_CONFIG_FILE=%s AWS_SHARED_CREDENTIALS_FILE=%s"
          .formatted(sandbox.config(), sandbox.credentials());
    }
  }

  /** Shows the sandbox that runs. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Show the region that runs: clusters, endpoints, files.")
  static final class Status implements Callable<Integer> {

    @CommandLine.Mixin private Common common = new Common();
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Optional<JsonNode> state = ask(common.state(), "GET", "/_sandbox/state");
      if (state.isEmpty()) {
        println(writer(spec, true), "no sandbox runs with the state directory " + common.state());
        return FAILED;
      }
      println(
          writer(spec, false),
          common.json() ? state.get().toString() : state.get().toPrettyString());
      return OK;
    }
  }

  /** Ends the sandbox that runs. */
  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "End the region that runs; its state stays.")
  static final class Stop implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofSeconds(15);

    @CommandLine.Mixin private Common common = new Common();
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Optional<StateDirectory.Running> running = running(common.state());
      if (running.isEmpty() || ask(common.state(), "POST", "/_sandbox/stop").isEmpty()) {
        println(writer(spec, true), "no sandbox runs with the state directory " + common.state());
        return FAILED;
      }
      Optional<ProcessHandle> process = ProcessHandle.of(running.get().pid());
      try {
        if (process.isPresent()) {
          process.get().onExit().get(LONGEST.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        }
        return OK;
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        println(writer(spec, true), "it did not end within " + LONGEST.toSeconds() + " s");
        return FAILED;
      }
    }
  }

  private static Optional<StateDirectory.Running> running(Path state) {
    if (!Files.isDirectory(state.resolve("state"))) {
      return Optional.empty();
    }
    return new FileStateStore(state.resolve("state")).read("running", StateDirectory.Running.class);
  }

  private static Optional<JsonNode> ask(Path state, String method, String path)
      throws IOException, InterruptedException {
    Optional<StateDirectory.Running> running = running(state);
    if (running.isEmpty()) {
      return Optional.empty();
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.get().port() + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient http = HttpClient.newHttpClient();
    try {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Optional.of(Json.mapper().readTree(body));
    } catch (java.net.ConnectException e) {
      return Optional.empty();
    } finally {
      // close() would wait for the connection that is kept open.
      http.shutdownNow();
    }
  }

  private static PrintWriter writer(@Nullable CommandSpec spec, boolean errors) {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    return errors ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private static void println(PrintWriter writer, String line) {
    writer.println(line);
    writer.flush();
  }
}
