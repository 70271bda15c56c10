package dev.hikkoshi.cli;

/**
 * How a command ends. 2 means differences, as with terraform, helm-diff and helmfile; wrong usage
 * is therefore 64 (sysexits) and not picocli's 2. 130 is the shell's word for an interrupt.
 */
public enum Exit {
  OK(0),
  ERROR(1),
  CHANGES(2),
  REFUSED(3),
  TIMED_OUT(4),
  UNREADABLE(5),
  USAGE(64);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
