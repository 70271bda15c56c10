package dev.hikkoshi.cli.definitions;

import dev.hikkoshi.environments.port.FileTree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A tree with some files laid over it that are not on disk.
 *
 * @param files path from the root of the tree → content
 */
public record Overlay(FileTree below, Map<String, byte[]> files) implements FileTree {

  public Overlay {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  @Override
  public String commit() {
    return below.commit();
  }

  @Override
  public Optional<byte[]> read(String path) {
    byte[] over = files.get(path);
    return over == null ? below.read(path) : Optional.of(over);
  }

  @Override
  public List<String> files(String directory) {
    SortedSet<String> all = new TreeSet<>(below.files(directory));
    files.keySet().stream()
        .filter(path -> directory.isEmpty() || path.startsWith(directory + "/"))
        .forEach(all::add);
    return List.copyOf(all);
  }
}
