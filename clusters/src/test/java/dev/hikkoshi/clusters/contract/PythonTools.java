package dev.hikkoshi.clusters.contract;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A virtual environment with moto and botocore, pinned, made once per machine. */
final class PythonTools {

  private static final List<String> PACKAGES = List.of("moto[server]==5.2.5", "boto3==1.44.5");
  private static final int MINUTES = 5;

  private PythonTools() {}

  /** Its programs; the test is skipped, with the reason, where it cannot be had. */
  static Path orSkip() throws IOException, InterruptedException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    String name = "moto-" + Integer.toHexString(PACKAGES.hashCode());
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
    return home.resolve("venv").resolve("bin");
  }

  private static void make(Path home) throws IOException, InterruptedException {
    skipUnlessDone(List.of("python3", "-m", "venv", home.resolve("venv").toString()));
    List<String> pip = new ArrayList<>();
    pip.add(home.resolve("venv").resolve("bin").resolve("pip").toString());
    pip.addAll(List.of("install", "--quiet", "--disable-pip-version-check"));
    pip.addAll(PACKAGES);
    skipUnlessDone(pip);
    Files.createFile(home.resolve("ready"));
  }

  private static void skipUnlessDone(List<String> command) throws InterruptedException {
    String output;
    boolean done;
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      done = process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
      process.destroyForcibly();
    } catch (IOException e) {
      output = String.valueOf(e.getMessage());
      done = false;
    }
    String why = output;
    Assumptions.assumeTrue(done, () -> "no Python environment with moto: " + why);
  }
}
