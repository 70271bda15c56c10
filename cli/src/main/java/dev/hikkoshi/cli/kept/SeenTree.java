package dev.hikkoshi.cli.kept;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree that remembers what was read of it: files, what was not there, and listings. A file is
 * read once: a command sees one content of it, and a thousand releases share one. For many threads.
 */
public final class SeenTree implements FileTree {

  private static final String ABSENT = "absent";
  private static final String REFUSED = "refused";

  private final FileTree tree;
  private final Path root;
  private final InstantSource clock;
  private final Map<String, State> files = new ConcurrentHashMap<>();
  private final Map<String, String> listings = new ConcurrentHashMap<>();

  /**
   * What a file was when it was read.
   *
   * @param content hash, or why there is none
   * @param touched what the file system said of it before; empty where that tells nothing
   * @param bytes empty where it is not there
   */
  private record State(String content, Optional<String> touched, Optional<byte[]> bytes) {}

  /**
   * Remembers nothing yet.
   *
   * @param root where the tree lies on disk
   */
  public SeenTree(FileTree tree, Path root, InstantSource clock) {
    this.tree = tree;
    this.root = root;
    this.clock = clock;
  }

  @Override
  public String commit() {
    return tree.commit();
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      State known = files.get(path);
      if (known != null && !known.content().equals(REFUSED)) {
        return known.bytes();
      }
      // Before the content: what is written after it shows.
      Optional<String> touched = Touched.atRest(root.resolve(path), clock.instant());
      Optional<byte[]> content = tree.read(path);
      files.putIfAbsent(
          path, new State(state(content), touched.filter(_ -> content.isPresent()), content));
      return content;
    } catch (FileTreeException e) {
      files.put(path, new State(REFUSED, Optional.empty(), Optional.empty()));
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
    SortedMap<String, String> contents = new TreeMap<>();
    SortedMap<String, String> touched = new TreeMap<>();
    files.forEach(
        (path, state) -> {
          contents.put(path, state.content());
          state.touched().ifPresent(then -> touched.put(path, then));
        });
    return new Seen(contents, touched, new TreeMap<>(listings));
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
   * @param touched path → what the file system said of the file, where that tells a change
   * @param listings folder → hash of the names
   */
  record Seen(
      SortedMap<String, String> files,
      SortedMap<String, String> touched,
      SortedMap<String, String> listings) {

    /**
     * Whether all of it is the same in that tree. What was refused never is.
     *
     * @param root where the tree lies on disk: a file that nobody touched is not read
     */
    boolean stillTrue(FileTree tree, Path root) {
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          String path = file.getKey();
          if (!untouched(path, root) && !state(tree.read(path)).equals(file.getValue())) {
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

    private boolean untouched(String path, Path root) {
      String then = touched.get(path);
      return then != null && Touched.of(root.resolve(path)).filter(then::equals).isPresent();
    }
  }
}
