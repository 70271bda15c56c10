package dev.hikkoshi.clusters.helm;

/** How rendering a release ended. */
sealed interface Attempt {

  /** It renders. */
  record Good(RenderedRelease release) implements Attempt {}

  /** It does not, because of what is in Git; with file and line where they are known. */
  record Bad(String problem) implements Attempt {}
}
