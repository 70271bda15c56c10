package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.FileTree;
import java.util.List;
import java.util.Map;

/** Reads every environment of a tree of files. */
public final class Definitions {

  private Definitions() {}

  /**
   * Every environment below a folder, sorted by folder. Errors are values; no environment's error
   * touches another, except that two which claim the same (a name, a DNS record, a listener rule)
   * are both bad.
   *
   * @param root a folder of the tree without a slash at its end; empty for the whole tree
   * @throws FileTree.FileTreeException when the tree cannot even be listed: nothing is known then
   */
  public static List<Reading> read(FileTree tree, String root) {
    throw new UnsupportedOperationException("not read yet: " + tree.commit() + " " + root);
  }

  /**
   * The same over the union of several sources: what two of them claim is bad in both, and the
   * problem names the other source.
   *
   * @param bySource what {@link #read} answered, by the source's name
   */
  public static Map<String, List<Reading>> together(Map<String, List<Reading>> bySource) {
    return Map.copyOf(bySource);
  }
}
