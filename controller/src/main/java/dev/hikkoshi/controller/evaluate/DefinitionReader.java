package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.port.FileTree;
import java.util.List;

/** {@link dev.hikkoshi.environments.definition.Definitions#read}, or a test's few lines. */
@FunctionalInterface
public interface DefinitionReader {

  /**
   * Each folder with an {@code environment.yaml}, good or bad, in order of folder.
   *
   * @throws dev.hikkoshi.environments.port.FileTree.FileTreeException when the tree as a whole
   *     cannot be read
   */
  List<Reading> read(FileTree tree, String folder);
}
