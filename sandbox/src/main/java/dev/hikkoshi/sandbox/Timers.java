package dev.hikkoshi.sandbox;

import java.time.Duration;

/** Runs work later, each piece on a virtual thread of its own; it may block. */
public interface Timers {

  /**
   * Runs the work once, after the delay. A failure of the work is logged and ends nothing else.
   *
   * @param what names the work in a log
   */
  Timer after(Duration delay, String what, Work work);

  /** Runs the work again and again, the delay counted from the end of the run before. */
  Timer every(Duration delay, String what, Work work);

  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** Work that was asked for. */
  interface Timer {
    /** Takes it back; a run in progress is not interrupted. */
    void cancel();
  }
}
