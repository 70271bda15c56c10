package dev.hikkoshi.tools;

/** A binary is neither there nor can be built; the message says why and what to do next. */
public final class ToolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** No {@code go} in PATH. */
    NO_GO,
    /** The {@code go} in PATH is older than the modules need. */
    OLD_GO,
    /** Too little room, before the build or in the midst of it. */
    DISK_FULL,
    /** Modules could not be downloaded. */
    NETWORK,
    /** The sources of the Go modules are nowhere to be found. */
    NO_SOURCES,
    /** The Go command failed for another reason, or took too long. */
    BUILD,
    /** The thread was interrupted; the Go command was killed. */
    INTERRUPTED,
    /** The cache folder could not be read or written. */
    CACHE
  }

  private final Reason reason;

  ToolException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ToolException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why, for a program. */
  public Reason reason() {
    return reason;
  }
}
