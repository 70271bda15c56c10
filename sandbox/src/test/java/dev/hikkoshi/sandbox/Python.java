package dev.hikkoshi.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A virtual environment with the clients that nobody here wrote, made once per machine. */
public final class Python {

  private static final List<String> PACKAGES = List.of("awscli==1.46.3", "boto3==1.44.5");
  private static final int MINUTES = 5;

  private final Path home;

  /** What a program said and how it ended. */
  public record Result(int code, String output) {}

  private Python(Path home) {
    this.home = home;
  }

  /** The environment; the test is skipped, with the reason, where it cannot be had. */
  public static Python orSkip() throws IOException, InterruptedException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    String name = "aws-clients-" + Integer.toHexString(PACKAGES.hashCode());
    Path home = base.resolve("hikkoshi").resolve("python").resolve(name);
    Files.createDirectories(home);
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(home.resolve("ready"))) {
        make(home);
      }
    }
    return new Python(home);
  }

  private static void make(Path home) throws IOException, InterruptedException {
    skipUnless(
        execute(List.of("python3", "-m", "venv", home.resolve("venv").toString()), Map.of()));
    List<String> pip = new ArrayList<>();
    pip.add(home.resolve("venv").resolve("bin").resolve("pip").toString());
    pip.addAll(List.of("install", "--quiet", "--disable-pip-version-check"));
    pip.addAll(PACKAGES);
    skipUnless(execute(pip, Map.of()));
    Files.createFile(home.resolve("ready"));
  }

  private static void skipUnless(Result result) {
    Assumptions.assumeTrue(
        result.code() == 0, () -> "no Python environment with AWS clients: " + result.output());
  }

  /** Runs a program of the environment, such as {@code aws} or {@code python}. */
  public Result run(Sandbox sandbox, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("venv").resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return execute(
        command,
        Map.of(
            "AWS_CONFIG_FILE", sandbox.config().toString(),
            "AWS_SHARED_CREDENTIALS_FILE", sandbox.credentials().toString(),
            "AWS_PAGER", ""));
  }

  private static Result execute(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.forEach((name, value) -> builder.environment().put(name, value));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Result(127, String.valueOf(e.getMessage()));
    }
    process.getOutputStream().close();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), output);
  }
}
