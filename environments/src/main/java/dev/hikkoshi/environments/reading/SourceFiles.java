package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads files of one environment and remembers all it read, for the digest: also what was not
 * there, because its coming would change the answer.
 */
public final class SourceFiles {

  private static final String ABSENT = "absent";

  private final FileTree tree;
  private final String folder;
  private final Problems problems;
  private final SortedMap<String, String> read = new TreeMap<>();

  /** Content by path, as it was hashed last: a thousand releases share a file. */
  private final Map<String, byte[]> hashed = new HashMap<>();

  private final FileTree recorded = new Recorded();

  /**
   * Starts a scope of its own for a digest.
   *
   * @param folder the environment's, from the root of the tree
   */
  public SourceFiles(FileTree tree, String folder, Problems problems) {
    this.tree = tree;
    this.folder = folder;
    this.problems = problems;
  }

  /** The tree that is read, for who reads it later; what is read there is not remembered here. */
  public FileTree tree() {
    return tree;
  }

  /** A file; empty without a problem when it is not there, with one when it cannot be read. */
  public Optional<byte[]> find(String path, Place askedAt) {
    try {
      Optional<byte[]> content = tree.read(path);
      if (content.isEmpty()) {
        read.put(relative(path), ABSENT);
      } else if (hashed.put(path, content.get()) != content.get()) {
        read.put(relative(path), hash(content.get()));
      }
      return content;
    } catch (FileTreeException e) {
      problems.add(askedAt, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A file that must be there. */
  public Optional<byte[]> need(String path, Place askedAt) {
    int before = problems.count();
    Optional<byte[]> content = find(path, askedAt);
    if (content.isEmpty() && problems.count() == before) {
      problems.add(askedAt, "there is no file " + path);
    }
    return content;
  }

  /** Every file below a folder; empty with a problem when they cannot be listed. */
  public Optional<List<String>> below(String path, Place askedAt) {
    try {
      return Optional.of(tree.files(path));
    } catch (FileTreeException e) {
      problems.add(askedAt, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * The tree for somebody else to read in: what is read through it counts into the digest, listings
   * with their names. Used from the thread that asked for it, or from one at a time. Always the
   * same one, so that what others know of a tree they know for all templates of it.
   *
   * @throws FileTreeException by its methods, for what cannot be read
   */
  public FileTree recorded() {
    return recorded;
  }

  private final class Recorded implements FileTree {

    @Override
    public String commit() {
      return tree.commit();
    }

    @Override
    public Optional<byte[]> read(String path) {
      Optional<byte[]> content = tree.read(path);
      keep(relative(path), content.map(SourceFiles::hash).orElse(ABSENT));
      return content;
    }

    @Override
    public List<String> files(String directory) {
      List<String> names = tree.files(directory);
      keep(
          "\u0000below " + relative(directory),
          hash(
              String.join("\n", names.stream().map(SourceFiles.this::relative).toList())
                  .getBytes(StandardCharsets.UTF_8)));
      return names;
    }
  }

  private synchronized void keep(String name, String value) {
    read.put(name, value);
  }

  /** A setting that the result depends on besides files. */
  public void depends(String name, String value) {
    read.put("\u0000" + name, value);
  }

  /** Hash of everything read so far, paths below the environment's folder counted from there. */
  public String digest() {
    StringBuilder all = new StringBuilder();
    read.forEach((path, hash) -> all.append(path).append('\u0001').append(hash).append('\u0002'));
    return hash(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String relative(String path) {
    return folder.isEmpty() || path.startsWith(folder + "/")
        ? path.substring(folder.isEmpty() ? 0 : folder.length() + 1)
        : "/" + path;
  }

  /**
   * A path as a definition writes it, from the root of the tree.
   *
   * @param base the folder it is relative to
   * @return empty when it is absolute or leads out of the tree
   */
  public static Optional<String> resolve(String base, String path) {
    if (path.startsWith("/") || path.startsWith("~") || path.contains("\\")) {
      return Optional.empty();
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : (base + "/" + path).split("/", -1)) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          return Optional.empty();
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return Optional.of(String.join("/", names));
  }

  /** The way from a folder to a file, both from the root: {@code ../sub/b.yaml}. */
  public static String relative(String folder, String path) {
    List<String> from = folder.isEmpty() ? List.of() : List.of(folder.split("/"));
    List<String> to = List.of(path.split("/"));
    int shared = 0;
    while (shared < from.size()
        && shared < to.size() - 1
        && from.get(shared).equals(to.get(shared))) {
      shared++;
    }
    return "../".repeat(from.size() - shared) + String.join("/", to.subList(shared, to.size()));
  }

  /** The folder that a file is in. */
  public static String folderOf(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  /** SHA-256 in hex. */
  public static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
