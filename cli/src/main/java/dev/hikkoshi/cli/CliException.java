package dev.hikkoshi.cli;

/** A command that ends without its result: what is wrong, what to do next, and the exit code. */
public final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final String next;

  /**
   * Describes the end.
   *
   * @param what what is wrong and where, one sentence without a period
   * @param next what to do; empty text when there is nothing to say
   */
  public CliException(Exit exit, String what, String next) {
    super(what);
    this.exit = exit;
    this.next = next;
  }

  public Exit exit() {
    return exit;
  }

  public String next() {
    return next;
  }
}
