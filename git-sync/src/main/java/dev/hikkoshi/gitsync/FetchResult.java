package dev.hikkoshi.gitsync;

import java.time.Instant;
import java.util.Optional;

/** What one fetch of a source came to. */
public sealed interface FetchResult {

  /**
   * The branch's newest commit; all it needs is in the cache.
   *
   * @param commit full id
   * @param at when the remote said so
   */
  record Head(String commit, Instant at) implements FetchResult {}

  /**
   * The remote did not answer, or not in a way that may be followed. What was known stays valid:
   * snapshots of {@code lastHead} can still be read.
   *
   * @param cause what kind of trouble, for conditions and metrics
   * @param why one line for a person: what failed and what to do; never a secret
   * @param since when this row of failures began
   * @param lastHead the last good answer; empty when there never was one in this cache
   */
  record Unreachable(Cause cause, String why, Instant since, Optional<Head> lastHead)
      implements FetchResult {}

  /** The last commit known to be the branch's head. */
  default Optional<Head> lastHead() {
    return switch (this) {
      case Head head -> Optional.of(head);
      case Unreachable unreachable -> unreachable.lastHead();
    };
  }

  /** Kinds of trouble with a remote. */
  enum Cause {
    /** No connection, no answer in time, or an answer that ended early. */
    CONNECTION,
    /** The remote wants credentials, or refused ours; or ours cannot be read. */
    AUTHENTICATION,
    /** The remote's host key is not the one of {@code known_hosts}. */
    HOST_KEY,
    /** No such repository there. */
    REPOSITORY_MISSING,
    /** The repository has no such branch. */
    BRANCH_MISSING,
    /** The remote's or the cache's objects are damaged, and a new clone did not help. */
    DAMAGED,
    /** The branch was rewritten: its head does not descend from the last one. */
    REWRITTEN,
    /** A bound on size or time was passed. */
    TOO_LARGE,
    /** The cache folder cannot be used. */
    CACHE
  }
}
