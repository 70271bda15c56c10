package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.Node.Kind;
import dev.hikkoshi.gitsync.Node.NodeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link SourceTree} over any tree of nodes: links resolved inside, everything
 * bounded. One place for both kinds of tree, so that what {@code validate} accepts the controller
 * accepts.
 */
final class ConfinedTree {

  private static final byte[] LARGE_FILE_POINTER =
      "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII);

  private final Node root;
  private final Limits limits;
  private final String noun;
  private final Set<String> counted = ConcurrentHashMap.newKeySet();
  private final AtomicLong totalBytes = new AtomicLong();

  /**
   * A tree below a root.
   *
   * @param noun what the root is called in messages: {@code repository}, {@code folder}
   */
  ConfinedTree(Node root, Limits limits, String noun) {
    this.root = root;
    this.limits = limits;
    this.noun = noun;
  }

  Optional<byte[]> read(String path) {
    PathWalk walk = new PathWalk(root, path, limits, noun);
    PathWalk.Place place = walk.find();
    if (place == null) {
      return Optional.empty();
    }
    return switch (place.node().kind()) {
      case FILE -> Optional.of(content(path, place));
      case DIRECTORY -> {
        walk.refuseCircle();
        yield Optional.empty();
      }
      case SUBMODULE -> throw new SnapshotException(path, submodule(place.real()));
      case SPECIAL ->
          throw new SnapshotException(path, quoted(place.real()) + " is no regular file");
      case LINK -> throw new IllegalStateException("a link that was not followed: " + path);
    };
  }

  List<String> files(String directory) {
    PathWalk.Place place = new PathWalk(root, directory, limits, noun).find();
    if (place == null || place.node().kind() != Kind.DIRECTORY) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    new Listing(found).add(place, PathWalk.normal(directory), List.of());
    Collections.sort(found);
    return List.copyOf(found);
  }

  private byte[] content(String path, PathWalk.Place place) {
    byte[] bytes;
    try {
      bytes = place.node().bytes(limits.fileBytes());
    } catch (NodeException e) {
      throw new SnapshotException(path, quoted(place.real()) + " " + e.getMessage());
    }
    if (counted.add(place.real()) && totalBytes.addAndGet(bytes.length) > limits.totalBytes()) {
      // Forgotten again, so that the same file fails the same way next time.
      counted.remove(place.real());
      totalBytes.addAndGet(-bytes.length);
      throw new SnapshotException(
          path, "more than " + limits.totalBytes() + " bytes would be read from one commit");
    }
    if (startsWith(bytes, LARGE_FILE_POINTER)) {
      throw new SnapshotException(
          path,
          quoted(place.real()) + " is a Git LFS pointer: its content is not in the repository");
    }
    return bytes;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  static String submodule(String path) {
    return quoted(path) + " is a submodule; its files are in another repository and are not read";
  }

  /** A name from a repository, safe to print. */
  static String quoted(String name) {
    return '"' + Texts.line(name) + '"';
  }

  /** One listing: depth first, links to folders followed once on each line of descent. */
  private final class Listing {

    private final List<String> found;

    Listing(List<String> found) {
      this.found = found;
    }

    private void add(PathWalk.Place folder, String path, List<String> above) {
      if (PathWalk.depth(path) > limits.depth()) {
        throw new SnapshotException(path, "more than " + limits.depth() + " folders deep");
      }
      List<String> line = new ArrayList<>(above);
      line.add(folder.real());
      for (Map.Entry<String, Node> entry : children(folder, path).entrySet()) {
        String child = path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey();
        PathWalk.@Nullable Place next = folderBehind(folder, child, entry);
        if (next != null && !line.contains(next.real())) {
          add(next, child, line);
        } else {
          addFile(child);
        }
      }
    }

    private void addFile(String path) {
      if (found.size() == limits.files()) {
        throw new SnapshotException(path, "more than " + limits.files() + " files");
      }
      found.add(path);
    }

    private Map<String, Node> children(PathWalk.Place folder, String path) {
      try {
        return folder.node().children();
      } catch (NodeException e) {
        throw new SnapshotException(path, quoted(path) + " " + e.getMessage());
      }
    }

    /** The folder an entry is or leads to; null for a file and for what only reading may judge. */
    private PathWalk.@Nullable Place folderBehind(
        PathWalk.Place folder, String path, Map.Entry<String, Node> entry) {
      return switch (entry.getValue().kind()) {
        case DIRECTORY -> folder.child(entry.getKey(), entry.getValue());
        case LINK -> linkedFolder(path);
        case FILE, SUBMODULE, SPECIAL -> null;
      };
    }

    private PathWalk.@Nullable Place linkedFolder(String path) {
      try {
        PathWalk.Place place = new PathWalk(root, path, limits, noun).find();
        return place != null && place.node().kind() == Kind.DIRECTORY ? place : null;
      } catch (SnapshotException _) {
        return null; // listed as a file: reading it throws the same again
      }
    }
  }
}
