package dev.hikkoshi.clusters.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The age identities of this installation, read from their file each time they are needed, so that
 * a rotated key needs no restart. Shown nowhere.
 */
public final class AgeKeys {

  private static final int MOST_BYTES = 64 << 10;

  /** Nothing can be decrypted. */
  public static final AgeKeys NONE = new AgeKeys(null);

  private final @Nullable Path file;

  private AgeKeys(@Nullable Path file) {
    this.file = file;
  }

  /** Keys in a file as {@code age-keygen} writes it; nothing is decrypted where there is none. */
  public static AgeKeys in(Optional<Path> file) {
    return new AgeKeys(file.orElse(null));
  }

  /**
   * The identities; empty where no file is configured.
   *
   * @throws RenderException of kind {@link RenderException.Kind#SECRET} when the file cannot be
   *     read
   */
  String text() {
    if (file == null) {
      return "";
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RenderException(
            RenderException.Kind.SECRET, "The age key file is larger than any key: " + file);
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RenderException(
          RenderException.Kind.SECRET, "The age key file cannot be read: " + file, e);
    }
  }

  @Override
  public String toString() {
    return "age keys in " + file;
  }
}
