package dev.hikkoshi.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content keys as they were when the program was built, from a file of the launcher, which names it
 * only when no source is newer: to hash the sources again takes longer than many a command.
 */
record KnownKeys(Map<String, String> keys) {

  /** The system property that names the file. */
  static final String FILE = "hikkoshi.keys";

  private static final KnownKeys NONE = new KnownKeys(Map.of());

  KnownKeys {
    keys = Map.copyOf(keys);
  }

  /** The keys of a file; none where there is no file, or none that can be read. */
  static KnownKeys in(@Nullable String file) {
    if (file == null) {
      return NONE;
    }
    try {
      Map<String, String> keys = new HashMap<>();
      for (String line : Files.readAllLines(Path.of(file))) {
        int space = line.indexOf(' ');
        if (space > 0) {
          keys.put(line.substring(0, space), line.substring(space + 1));
        }
      }
      return new KnownKeys(keys);
    } catch (IOException _) {
      return NONE;
    }
  }

  Optional<String> of(Artifact artifact) {
    return Optional.ofNullable(keys.get(artifact.toString()));
  }

  /** The file's text for some artifacts: what {@link #in} reads. */
  static String text(Toolbox toolbox, Iterable<Artifact> artifacts) {
    StringBuilder text = new StringBuilder();
    for (Artifact artifact : artifacts) {
      text.append(artifact).append(' ').append(toolbox.keyOf(artifact)).append('\n');
    }
    return text.toString();
  }
}
