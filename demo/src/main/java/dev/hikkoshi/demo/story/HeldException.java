package dev.hikkoshi.demo.story;

import dev.hikkoshi.environments.record.Hold;

/** The controller holds, and the story has nobody who would lift it. */
public final class HeldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Hold hold;

  HeldException(Hold hold) {
    super("held %s (%s): %s".formatted(hold.subject(), hold.reason(), hold.text()));
    this.hold = hold;
  }

  /** Which. */
  public Hold hold() {
    return hold;
  }
}
