package dev.hikkoshi.environments.view;

import java.time.Duration;

/** How long something took or is ago, in the words of every output. */
public final class Ages {

  private Ages() {}

  /** {@code 45 s}, {@code 12 min}, {@code 5 h 3 min}, {@code 3 d 2 h}; a negative time is 0 s. */
  public static String text(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 48
        ? "%d h %d min".formatted(hours, minutes % 60)
        : "%d d %d h".formatted(hours / 24, hours % 24);
  }
}
