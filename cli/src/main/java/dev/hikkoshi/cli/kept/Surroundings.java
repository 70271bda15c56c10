package dev.hikkoshi.cli.kept;

import dev.hikkoshi.cli.Session;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a command depends on besides files of the tree, as a text. */
final class Surroundings {

  /** Where the caches, keys and settings of a user are found; all else of ours has the prefix. */
  private static final List<String> ASKED =
      List.of("HOME", "XDG_CACHE_HOME", "SOPS_AGE_KEY_FILE", "NO_COLOR");

  private static final String OURS = "HIKKOSHI_";

  private Surroundings() {}

  /**
   * Equal for commands that would do the same with the same files.
   *
   * @param program the files that the program consists of, by size and time: whoever builds it
   *     writes them anew
   * @return empty where one of them is no file, so that its change would not be seen
   */
  static Optional<String> text(Session session, List<String> arguments, List<Path> program) {
    List<String> parts = new ArrayList<>(List.of("command 2"));
    for (Path file : program) {
      Optional<String> stamp = stamp(file);
      if (stamp.isEmpty()) {
        return Optional.empty();
      }
      parts.add(file + " " + stamp.get());
    }
    parts.add(session.folder().toString());
    parts.add(variables(session.environment()).toString());
    arguments.forEach(one -> parts.add(one.length() + " " + one));
    return Optional.of(String.join("\n", parts));
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> asked = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(OURS) || ASKED.contains(name)) {
            asked.put(name, value);
          }
        });
    return asked;
  }

  /** A file too large to be read each time, by size and time. */
  static String stamped(Path path) {
    return stamp(path).orElse("absent");
  }

  /** Empty for what is no file. */
  private static Optional<String> stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.isRegularFile()
          ? Optional.of(found.size() + " " + found.lastModifiedTime().toMillis())
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** What is at a path on disk: nothing, a folder, or a file of some content. */
  static String at(Path path) {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return found.isDirectory() ? "folder" : SourceFiles.hash(Files.readAllBytes(path));
    } catch (IOException _) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "unreadable" : "absent";
    }
  }
}
