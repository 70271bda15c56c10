package dev.hikkoshi.gitsync;

import java.util.List;
import java.util.Optional;

/**
 * The files of one commit, read from the clone's objects. Stays readable as long as the commit is
 * in the clone, also while fetches go on.
 */
public final class Snapshot implements SourceTree {

  private final String commit;
  private final ConfinedTree tree;

  Snapshot(String commit, ConfinedTree tree) {
    this.commit = commit;
    this.tree = tree;
  }

  @Override
  public String commit() {
    return commit;
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
