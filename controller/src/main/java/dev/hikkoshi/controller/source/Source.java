package dev.hikkoshi.controller.source;

import dev.hikkoshi.environments.port.FileTree;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Git repository that holds environments: one branch, one folder. Safe for several threads. */
public interface Source extends AutoCloseable {

  /** The name that configuration gives it; unique. */
  String name();

  /** The folder below which environments are looked for; empty text for the whole repository. */
  String folder();

  /**
   * Begins to look, and tells the listener after every look, on a thread of the source's own.
   * Called once.
   */
  void watch(Consumer<SourceState> listener);

  /** Somebody says that there is something new: the source looks soon. */
  void hint();

  /**
   * The files of a commit that is reachable from the branch.
   *
   * @throws dev.hikkoshi.environments.port.FileTree.FileTreeException when it cannot be read
   */
  FileTree tree(String commit);

  /**
   * First parents, newest first, beginning with {@code from} itself.
   *
   * @param most how many at most; fewer when history is shorter
   * @throws dev.hikkoshi.environments.port.FileTree.FileTreeException when it cannot be read
   */
  List<String> firstParents(String from, int most);

  /**
   * Pushes a new branch with one commit on top of {@code base}. A branch of that name is never
   * written over.
   *
   * @param files new contents by path; every other file stays as it is
   */
  Push push(String branch, String base, Map<String, byte[]> files, String message);

  /** Stops looking. */
  @Override
  void close();

  /** How a push ended. */
  sealed interface Push {

    /** The branch is there now. */
    record Pushed(String commit) implements Push {}

    /** A branch of that name was there before. */
    record Exists() implements Push {}

    /** The remote does not want it; asking again does not help. */
    record Refused(String why) implements Push {}

    /** It is not known whether it arrived; asking again tells. */
    record Unreachable(String why) implements Push {}
  }
}
