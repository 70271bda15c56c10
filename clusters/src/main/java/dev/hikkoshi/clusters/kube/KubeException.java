package dev.hikkoshi.clusters.kube;

/** An answer of a Kubernetes API server that is not success, or no answer at all (code 0). */
public final class KubeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  /**
   * Describes a failed call.
   *
   * @param code HTTP status, 0 when there was no answer
   * @param reason the Status object's reason, for example {@code Conflict}
   * @param message what was asked and what the server said, without secrets
   */
  public KubeException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public boolean notFound() {
    return code == 404;
  }

  /** Another write came first, or the object is there already: nothing was written. */
  public boolean conflict() {
    return code == 409;
  }

  /** The server asks for patience; nothing was written. */
  public boolean throttled() {
    return code == 429;
  }

  /** The server understood and said no: asking again unchanged is useless. */
  public boolean refused() {
    return code >= 400 && code < 500 && !conflict() && !throttled() && code != 408;
  }
}
