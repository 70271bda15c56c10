package dev.hikkoshi.gitsync;

import java.util.SortedMap;

/**
 * One entry of a tree, before any rule: no link is followed, nothing is read ahead. Each kind
 * answers only its own methods; {@link ConfinedTree} asks no other.
 */
interface Node {

  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    SUBMODULE,
    /** A pipe, device or socket: only in folders on disk. */
    SPECIAL
  }

  Kind kind();

  /**
   * A file's content, or a link's target.
   *
   * @param max bytes; one more is an error
   * @throws NodeException when it is larger or cannot be read
   */
  byte[] bytes(int max) throws NodeException;

  /** A folder's entries by name. */
  SortedMap<String, Node> children() throws NodeException;

  /** Says what is wrong without the path, which the caller knows. */
  final class NodeException extends Exception {

    private static final long serialVersionUID = 1L;

    NodeException(String message) {
      super(message);
    }
  }
}
