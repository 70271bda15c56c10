package dev.hikkoshi.clusters.testing;

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

/** Virtual environments with pinned Python packages, each made once per machine. */
public final class PythonTools {

  private static final int MINUTES = 5;

  private PythonTools() {}

  /**
   * The folder of an environment's programs; the test is skipped, with the reason, where it cannot
   * be had.
   *
   * @param packages with their versions, as pip reads them
   */
  public static Path orSkip(String label, List<String> packages)
      throws IOException, InterruptedException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    String name = label + "-" + Integer.toHexString(packages.hashCode());
    Path home = base.resolve("hikkoshi").resolve("python").resolve(name);
    Files.createDirectories(home);
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(home.resolve("ready"))) {
        make(home, packages);
      }
    }
    return home.resolve("venv").resolve("bin");
  }

  private static void make(Path home, List<String> packages)
      throws IOException, InterruptedException {
    skipUnlessDone(List.of("python3", "-m", "venv", home.resolve("venv").toString()));
    List<String> pip = new ArrayList<>();
    pip.add(home.resolve("venv").resolve("bin").resolve("pip").toString());
    pip.addAll(List.of("install", "--quiet", "--disable-pip-version-check"));
    pip.addAll(packages);
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
    Assumptions.assumeTrue(done, () -> "no such Python environment: " + why);
  }
}
