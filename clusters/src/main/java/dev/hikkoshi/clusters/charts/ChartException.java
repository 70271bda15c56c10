package dev.hikkoshi.clusters.charts;

/** A chart that could not be had. The message holds no credential. */
public final class ChartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whether asking again may help. */
  public enum Reason {
    /** It is not there, is no chart, or is larger than allowed: the definition has to change. */
    WRONG,
    /** The server did not answer, or not in time. */
    UNREACHABLE
  }

  private final Reason reason;

  public ChartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ChartException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Whether asking again may help. */
  public Reason reason() {
    return reason;
  }
}
