package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of this machine as a tree of files. What a repository's rules forbid (links out of it,
 * submodules) is listed beside the folder in {@code trouble.txt}, because Git would not carry it.
 */
final class DiskTree implements FileTree {

  private final Path root;
  private final Map<String, String> trouble = new HashMap<>();

  DiskTree(Path root) {
    this.root = root;
    Path listed = root.resolveSibling("trouble.txt");
    if (Files.exists(listed)) {
      for (String line : text(listed).lines().toList()) {
        int colon = line.indexOf(": ");
        trouble.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
  }

  @Override
  public String commit() {
    return "0123456789abcdef0123456789abcdef01234567";
  }

  @Override
  public Optional<byte[]> read(String path) {
    String why = trouble.get(path);
    if (why != null) {
      throw new FileTreeException(path, why);
    }
    Path file = root.resolve(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> files(String directory) {
    Path start = root.resolve(directory);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      Stream<String> there =
          files.filter(Files::isRegularFile).map(f -> root.relativize(f).toString());
      String below = directory.isEmpty() ? "" : directory + "/";
      Stream<String> listed = trouble.keySet().stream().filter(p -> p.startsWith(below));
      return Stream.concat(there, listed).distinct().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
