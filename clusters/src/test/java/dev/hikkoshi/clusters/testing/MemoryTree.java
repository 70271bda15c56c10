package dev.hikkoshi.clusters.testing;

import dev.hikkoshi.environments.port.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a commit that never was. */
public final class MemoryTree implements FileTree {

  private final SortedMap<String, String> files = new TreeMap<>();

  /** Adds a file. */
  public MemoryTree with(String path, String text) {
    files.put(path, text);
    return this;
  }

  @Override
  public String commit() {
    return "0123456789012345678901234567890123456789";
  }

  @Override
  public Optional<byte[]> read(String path) {
    if (path.startsWith("links/")) {
      throw new FileTreeException(path, path + " leads out of the repository");
    }
    return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> files(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    return files.keySet().stream().filter(path -> path.startsWith(prefix)).toList();
  }
}
