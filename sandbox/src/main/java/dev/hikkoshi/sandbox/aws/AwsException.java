package dev.hikkoshi.sandbox.aws;

/** A refusal with AWS's error code; the service's protocol decides how it looks on the wire. */
public final class AwsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * Describes a refusal.
   *
   * @param status HTTP status as AWS answers it
   * @param code AWS's error code, for example {@code InvalidChangeBatch}
   * @param message what AWS would say; names the value that was refused
   */
  public AwsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
