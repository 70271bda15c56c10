package dev.hikkoshi.tools;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of {@code go build}: an argument array, a small environment, a deadline. */
final class GoBuild {

  /** Two cores need five minutes for the biggest module with nothing cached. */
  static final Duration DEADLINE = Duration.ofHours(3);

  /** What Go, its downloads and the linker need to know of the user's machine, besides GO*. */
  private static final List<String> PASSED_ON =
      List.of("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME");

  private static final List<String> PASSED_ON_ANY_CASE =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC");

  private final GoToolchain toolchain;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Duration deadline;

  GoBuild(
      GoToolchain toolchain,
      Map<String, String> environment,
      InstantSource clock,
      Duration deadline) {
    this.toolchain = toolchain;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.deadline = deadline;
  }

  /** How far a build is. */
  record Tick(Duration elapsed, int packages, String last) {}

  /**
   * Builds into a file and returns when it is there.
   *
   * @throws ToolException where Go fails, saying what to do about it
   * @throws InterruptedException after the Go command and its children were killed
   */
  void run(Artifact artifact, Path sources, Path target, Consumer<Tick> progress)
      throws IOException, InterruptedException {
    Instant begin = clock.instant();
    Process process = start(artifact, sources, target);
    // Ctrl-C must not leave compilers behind that nobody waits for.
    Thread atExit = new Thread(() -> kill(process), "stop-go-build");
    Runtime.getRuntime().addShutdownHook(atExit);
    GoOutput output = new GoOutput();
    Thread reader = Thread.ofVirtual().start(() -> drain(process, output));
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        Duration elapsed = Duration.between(begin, clock.instant());
        if (elapsed.compareTo(deadline) > 0) {
          throw new ToolException(
              ToolException.Reason.BUILD,
              "Building %s took longer than %d minutes and was stopped."
                  .formatted(artifact, deadline.toMinutes()));
        }
        progress.accept(new Tick(elapsed, output.packages(), output.last()));
      }
      reader.join();
    } finally {
      kill(process);
      removeHook(atExit);
    }
    if (process.exitValue() != 0) {
      throw output.failure(artifact, process.exitValue(), environment);
    }
  }

  private Process start(Artifact artifact, Path sources, Path target) throws IOException {
    List<String> command = new ArrayList<>();
    Executables.inPath("nice", environment)
        .ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "5")));
    command.addAll(
        List.of(
            toolchain.go().toString(),
            "build",
            "-C",
            sources.toString(),
            "-v",
            "-trimpath",
            "-buildvcs=false",
            "-tags",
            String.join(",", artifact.tool().tags()),
            "-ldflags",
            artifact.tool().ldflags(artifact.version()),
            "-o",
            target.toString(),
            artifact.tool().goPackage()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environmentFor(environment));
    return builder.start();
  }

  /**
   * The child's environment: the user's Go settings, proxies and folders, and nothing secret else.
   */
  static Map<String, String> environmentFor(Map<String, String> environment) {
    Map<String, String> result = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("GO")
              || PASSED_ON.contains(name)
              || PASSED_ON_ANY_CASE.contains(name.toUpperCase(Locale.ROOT))) {
            result.put(name, value);
          }
        });
    // The binary is for this machine, static, and made of the pinned module alone.
    result.remove("GOOS");
    result.remove("GOARCH");
    result.put("CGO_ENABLED", "0");
    result.put("GOWORK", "off");
    return result;
  }

  private static void drain(Process process, GoOutput output) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
      }
    } catch (IOException e) {
      output.add("(its output broke off: " + e.getMessage() + ")");
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is going down: the hook runs or has run.
    }
  }
}
