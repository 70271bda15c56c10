package dev.hikkoshi.parity.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private static final int SAMPLE_MILLIS = 20;
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
      most = Math.max(most, memory(process.toHandle()));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new Measured(process.exitValue(), took, most, out, err);
  }

  private static long memory(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(one -> resident(one.pid()))
        .sum();
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
