package dev.hikkoshi.parity.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that ran to its end.
 *
 * @param took from start to end, wall time
 * @param memory the most that it and its children held at a time (resident, sampled), in bytes
 * @param out what it printed
 */
record Measured(int code, Duration took, long memory, Path out, Path err) {

  /** Looking costs a millisecond of processor, which those that are measured would miss. */
  private static final int SAMPLE_MILLIS = 50;

  private static final long PAGE = 4096;

  /** Runs a command, its output into files below a folder. */
  static Measured run(List<String> command, Path folder, Map<String, String> environment, Path into)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(into, "out", "");
    Path err = Files.createTempFile(into, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    long most = 0;
    while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      most = Math.max(most, memory(process.pid()));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new Measured(process.exitValue(), took, most, out, err);
  }

  /** The one in the middle, by time. */
  static Measured median(List<Measured> all) {
    return all.stream()
        .sorted(Comparator.comparing(Measured::took))
        .skip(all.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Asks for children from above: to look for them among all processes takes many times longer. */
  private static long memory(long pid) {
    long sum = resident(pid);
    for (long child : children(pid)) {
      sum += memory(child);
    }
    return sum;
  }

  /**
   * Each thread has its own; none where the system does not tell, or the process is gone by now.
   */
  private static List<Long> children(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      List<Long> all = new ArrayList<>();
      for (Path thread : threads.toList()) {
        String line = Files.readString(thread.resolve("children")).strip();
        Stream.of(line.split(" ")).filter(id -> !id.isEmpty()).map(Long::valueOf).forEach(all::add);
      }
      return all;
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }

  /** 0 where the system does not tell, or the process is gone by now. */
  private static long resident(long pid) {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ")[1])
          * PAGE;
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }

  String seconds() {
    return "%.2f s".formatted(took.toNanos() / 1e9);
  }

  long megabytes() {
    return memory >> 20;
  }
}
