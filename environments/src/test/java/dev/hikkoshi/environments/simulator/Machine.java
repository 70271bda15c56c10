package dev.hikkoshi.environments.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a figure was measured on. */
final class Machine {

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Processors, their model where the system says it, and Java. */
  static String line() {
    return "on %d processors (%s), %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }

  private static String model() {
    try {
      List<String> lines = Files.exists(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("model unknown");
    } catch (IOException e) {
      return "model unknown";
    }
  }
}
