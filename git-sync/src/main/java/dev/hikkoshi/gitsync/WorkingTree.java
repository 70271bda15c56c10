package dev.hikkoshi.gitsync;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a folder under the rules of a snapshot, for commands that judge what is not yet
 * committed. {@code .git} is left out. A folder is listed once: what comes into it later is seen by
 * the next tree. Made for one's own folder: it does not defend against someone who changes files
 * while they are read.
 */
public final class WorkingTree implements SourceTree {

  private final ConfinedTree tree;

  private WorkingTree(ConfinedTree tree) {
    this.tree = tree;
  }

  /**
   * The tree of a folder.
   *
   * @throws SnapshotException when it is no readable folder
   */
  public static WorkingTree of(Path root, Limits limits) {
    return new WorkingTree(new ConfinedTree(DiskNode.root(root), limits, "folder"));
  }

  @Override
  public String commit() {
    return "working-tree";
  }

  @Override
  public Optional<byte[]> read(String path) {
    return tree.read(path);
  }

  @Override
  public List<String> files(String directory) {
    return tree.files(directory);
  }
}
