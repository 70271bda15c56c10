package dev.hikkoshi.cli.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which file is at a path and when it was last touched, as the file system tells it. Nobody can
 * write into a file and keep that as it was: the time of the last change of an inode cannot be set.
 * Git's index tells changed files the same way.
 */
final class Touched {

  /** A file that was written so shortly ago may be written again and look the same. */
  private static final Duration REST = Duration.ofSeconds(2);

  private static final String ASKED = "unix:ino,size,ctime,lastModifiedTime";

  private Touched() {}

  /** Equal only for a file that was not touched in between; empty where the system cannot tell. */
  static Optional<String> of(Path path) {
    return attributes(path).map(Touched::text);
  }

  /** The same; empty too for a file that may be written at this moment. */
  static Optional<String> atRest(Path path, Instant now) {
    return attributes(path)
        .filter(found -> changed(found).toInstant().isBefore(now.minus(REST)))
        .map(Touched::text);
  }

  private static Optional<Map<String, Object>> attributes(Path path) {
    try {
      return Optional.of(Files.readAttributes(path, ASKED));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static FileTime changed(Map<String, Object> found) {
    return (FileTime) found.getOrDefault("ctime", FileTime.from(Instant.MAX));
  }

  private static String text(Map<String, Object> found) {
    FileTime modified = (FileTime) found.getOrDefault("lastModifiedTime", FileTime.fromMillis(0));
    return found.get("ino")
        + " "
        + found.get("size")
        + " "
        + changed(found).to(TimeUnit.NANOSECONDS)
        + " "
        + modified.to(TimeUnit.NANOSECONDS);
  }
}
