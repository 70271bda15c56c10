package dev.hikkoshi.gitsync;

import java.util.List;
import java.util.Optional;

/**
 * Files that are read by path from one root, either of a commit ({@link Snapshot}) or of a folder
 * ({@link WorkingTree}), under the same rules. Paths have {@code /} between names; {@code ..} and
 * links are followed as a file system follows them, but never past the root.
 *
 * <p>Safe for use by several threads. Its contract is the one the core asks of a tree of files.
 */
public sealed interface SourceTree permits Snapshot, WorkingTree {

  /** The commit's full id; {@code working-tree} for a folder. */
  String commit();

  /**
   * The content of a file.
   *
   * @return empty when there is no such file (a folder is none)
   * @throws SnapshotException when it may not or cannot be read: a link out of the tree, to nothing
   *     or in a circle; a submodule; a large-file pointer; a passed bound; a damaged object
   */
  Optional<byte[]> read(String path);

  /**
   * All files below a folder, as paths from the root, sorted. Links to folders inside the tree are
   * followed. An entry that may not be read (a link that leads out, a submodule) is listed as if it
   * were a file, so that it spoils only what reads it: {@link #read} then says what is wrong.
   *
   * @param directory a path from the root; the empty string is the root itself
   * @return empty when there is no such folder
   * @throws SnapshotException when a bound is passed, or the folder itself may not be entered
   */
  List<String> files(String directory);
}
