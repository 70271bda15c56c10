package dev.hikkoshi.parity;

import java.time.Duration;

/**
 * What a side printed.
 *
 * @param code exit code
 * @param took wall time of the whole call
 */
record Answer(int code, String out, String err, Duration took) {

  boolean good() {
    return code == 0;
  }

  /** The end of what it said, for reports. */
  String said() {
    String text = err.strip();
    return text.length() > 1_500 ? "…" + text.substring(text.length() - 1_500) : text;
  }
}
