package dev.hikkoshi.clusters.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A folder with one file for each secret, as Kubernetes mounts a Secret. Read at each use, so that
 * a rotated one is taken up.
 */
public record Credentials(Path folder) {

  private static final int LONGEST = 16 << 10;

  /**
   * The text of a file without the line break at its end; empty where there is no such file.
   *
   * @throws UncheckedIOException where it is there and cannot be read, or cannot be a secret; its
   *     content is in no message
   */
  public Optional<String> text(String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class).size() > LONGEST) {
        throw new IOException(file + " is too long for a secret");
      }
      String text = Files.readString(file).strip();
      // A header would be cut there, or refused with its content in the message.
      if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new IOException(file + " is not one line of printable text");
      }
      return Optional.of(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A secret without which nobody can be asked.
   *
   * @throws UncheckedIOException where it is not there
   */
  public String need(String name) {
    return text(name)
        .orElseThrow(
            () -> new UncheckedIOException(new IOException("no file " + folder.resolve(name))));
  }
}
