package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.environments.port.Outcome;

/** Ends an operation with an outcome before anything, or anything more, is written. */
final class NotDone extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  private NotDone(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  static NotDone refused(String code, String message) {
    return new NotDone(new Outcome.Refused(code, message), message);
  }

  static NotDone changed(String what) {
    return new NotDone(new Outcome.Changed(what), what);
  }

  static NotDone unclear(String why) {
    return new NotDone(new Outcome.Unclear(why), why);
  }

  Outcome outcome() {
    return outcome;
  }
}
