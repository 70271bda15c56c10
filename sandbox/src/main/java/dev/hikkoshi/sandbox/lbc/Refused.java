package dev.hikkoshi.sandbox.lbc;

/** An object asks for what cannot be, or is not played; the message goes into an event. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean later;

  private Refused(String message, boolean later) {
    super(message);
    this.later = later;
  }

  /** Nothing changes until the object does. */
  static Refused forGood(String message) {
    return new Refused(message, false);
  }

  /** Something that it names may still come. */
  static Refused notYet(String message) {
    return new Refused(message, true);
  }

  boolean later() {
    return later;
  }
}
