package dev.hikkoshi.environments.port;

import java.util.List;
import java.util.Optional;

/**
 * The files of one commit. Links are resolved inside the tree; what leads out of it, is too large
 * or too deep is a {@link FileTreeException}, never an empty answer.
 */
public interface FileTree {

  /** The commit's full id. */
  String commit();

  /**
   * The content of a file, by its path from the root of the tree with {@code /} between names.
   *
   * @return empty when there is no such file
   * @throws FileTreeException when it may not or cannot be read
   */
  Optional<byte[]> read(String path);

  /**
   * All files below a directory, as paths from the root of the tree, sorted; none when there is no
   * such directory.
   *
   * @throws FileTreeException when a bound is passed
   */
  List<String> files(String directory);

  /** A file that may not or cannot be read: names the path and the rule. */
  final class FileTreeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    public FileTreeException(String path, String message) {
      super(message);
      this.path = path;
    }

    public String path() {
      return path;
    }
  }
}
