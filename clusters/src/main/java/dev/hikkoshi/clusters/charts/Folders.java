package dev.hikkoshi.clusters.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that come and go while others look at them. */
final class Folders {

  private Folders() {}

  /** Bytes of all files below; what vanishes meanwhile does not count. */
  static long bytes(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).mapToLong(Folders::size).sum();
    } catch (IOException | UncheckedIOException _) {
      return 0;
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }

  /** Removes it as far as it can; it is in the system's folder for what may be lost. */
  static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException _) {
      // Left for the system to clean up.
    }
  }
}
