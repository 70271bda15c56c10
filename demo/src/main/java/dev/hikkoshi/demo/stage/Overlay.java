package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.util.List;

/**
 * The short times with which the demo runs the sample, line by line. Nothing but times is changed;
 * a line that the sample has not (any more) is an error, not a silent difference.
 */
public record Overlay(List<Change> changes) {

  /** One line of {@code environment.yaml}. */
  public record Change(String before, String after) {}

  public Overlay {
    changes = List.copyOf(changes);
  }

  /** The demo's times. */
  public static Overlay shortTimes() {
    return new Overlay(
        List.of(
            new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 8s, max: 2m}"),
            new Change("soak: 24h", "soak: 4s"),
            new Change("drain: {for: 1h, below: 1/min}", "drain: {for: 3s, below: 1/min}"),
            new Change("grace: 1m", "grace: 2s"),
            new Change("after: 7d", "after: 1s")));
  }

  /**
   * The text with every change made.
   *
   * @throws DemoException when a line is not there exactly once
   */
  public String on(String text) {
    String changed = text;
    for (Change change : changes) {
      changed = replace(changed, change.before(), change.after());
    }
    return changed;
  }

  /** Replaces what occurs exactly once. */
  static String replace(String text, String before, String after) {
    int at = text.indexOf(before);
    if (at < 0 || text.indexOf(before, at + 1) >= 0) {
      throw new DemoException("the sample does not have exactly one \"" + before + "\"");
    }
    return text.substring(0, at) + after + text.substring(at + before.length());
  }
}
