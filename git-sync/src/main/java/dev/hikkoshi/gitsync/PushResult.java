package dev.hikkoshi.gitsync;

/** What a push came to. */
public sealed interface PushResult {

  /** The branch is there and holds our commit. */
  record Pushed(String commit) implements PushResult {}

  /** A branch of that name was there already; nothing was written. */
  record Exists(String branch) implements PushResult {}

  /** The remote or the request said no; the same request will be refused again. */
  record Refused(String why) implements PushResult {}

  /**
   * No answer: the branch may or may not be there. Trying again is safe, since a branch that exists
   * is never overwritten.
   */
  record Unreachable(String why) implements PushResult {}
}
