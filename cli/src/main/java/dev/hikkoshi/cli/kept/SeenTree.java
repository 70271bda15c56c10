package dev.hikkoshi.cli.kept;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree that remembers what was read of it: files, what was not there, and listings. For many
 * threads.
 */
public final class SeenTree implements FileTree {

  private static final String ABSENT = "absent";
  private static final String REFUSED = "refused";

  private final FileTree tree;
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, String> listings = new ConcurrentHashMap<>();

  /** Remembers nothing yet. */
  public SeenTree(FileTree tree) {
    this.tree = tree;
  }

  @Override
  public String commit() {
    return tree.commit();
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      Optional<byte[]> content = tree.read(path);
      files.computeIfAbsent(path, _ -> state(content));
      return content;
    } catch (FileTreeException e) {
      files.put(path, REFUSED);
      throw e;
    }
  }

  @Override
  public List<String> files(String directory) {
    try {
      List<String> names = tree.files(directory);
      listings.computeIfAbsent(directory, _ -> hash(names));
      return names;
    } catch (FileTreeException e) {
      listings.put(directory, REFUSED);
      throw e;
    }
  }

  /** What was read so far. */
  Seen seen() {
    return new Seen(new TreeMap<>(files), new TreeMap<>(listings));
  }

  private static String state(Optional<byte[]> content) {
    return content.isPresent() ? SourceFiles.hash(content.get()) : ABSENT;
  }

  private static String hash(List<String> names) {
    return SourceFiles.hash(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was read of a tree.
   *
   * @param files path → hash of the content
   * @param listings folder → hash of the names
   */
  record Seen(SortedMap<String, String> files, SortedMap<String, String> listings) {

    /** Whether all of it is the same in that tree. What was refused never is. */
    boolean stillTrue(FileTree tree) {
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          if (!state(tree.read(file.getKey())).equals(file.getValue())) {
            return false;
          }
        }
        for (Map.Entry<String, String> folder : listings.entrySet()) {
          if (!hash(tree.files(folder.getKey())).equals(folder.getValue())) {
            return false;
          }
        }
        return true;
      } catch (FileTreeException _) {
        return false;
      }
    }
  }
}
