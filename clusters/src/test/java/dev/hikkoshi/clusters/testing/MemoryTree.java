package dev.hikkoshi.clusters.testing;

import dev.hikkoshi.environments.port.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a commit that never was, bounded as a real tree's are. */
public final class MemoryTree implements FileTree {

  private static final int MOST_BYTES = 5 << 20;

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
    Optional<String> text = Optional.ofNullable(files.get(path));
    if (text.filter(t -> t.length() > MOST_BYTES).isPresent()) {
      throw new FileTreeException(path, path + " is larger than " + MOST_BYTES + " bytes");
    }
    return text.map(t -> t.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> files(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    return files.keySet().stream().filter(path -> path.startsWith(prefix)).toList();
  }
}
