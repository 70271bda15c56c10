package dev.hikkoshi.gitsync;

/** A file or commit that may not or cannot be read: names the path and the rule. */
public final class SnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;

  SnapshotException(String path, String message) {
    super(message);
    this.path = path;
  }

  /** The path that was asked for, from the root; empty when the whole tree is concerned. */
  public String path() {
    return path;
  }
}
