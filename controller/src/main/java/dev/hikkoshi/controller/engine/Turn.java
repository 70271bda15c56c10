package dev.hikkoshi.controller.engine;

import java.time.Instant;
import java.util.Locale;

/**
 * How one turn of an environment's loop ended. Every turn ends in one of these, with a reason and a
 * next time.
 *
 * @param reason one sentence
 * @param next when the loop looks again at the latest
 */
public record Turn(String environment, State state, String reason, Instant at, Instant next) {

  /** The ends of a turn. */
  public enum State {
    /** Another process leads, or nobody is known to. */
    FOLLOWING,
    /** No good definition was ever read. */
    UNDEFINED,
    /** Something was decided or done. */
    BUSY,
    /** Nothing is to be done now. */
    WAITING,
    /** Something is not written until a person or a commit says so. */
    HELD,
    /** The definition is not the newest one of its source. */
    STALE,
    /** What is remembered could not be read or written: nothing was done after that. */
    NO_RECORD,
    /** A mistake of ours: this environment is left alone for a while, the others go on. */
    FAILED;

    /** For logs, metrics and status. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
