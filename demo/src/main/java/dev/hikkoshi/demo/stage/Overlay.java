package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is different from the sample when it is run here, line by line: short times, and nothing
 * else in the demo itself. A line that the sample has not (any more) is an error, not a silent
 * difference.
 *
 * @param changes of {@code environment.yaml}
 * @param appended text at the end of other files, by path within the environment
 */
public record Overlay(List<Change> changes, Map<String, String> appended) {

  /** One line of {@code environment.yaml}. */
  public record Change(String before, String after) {}

  public Overlay {
    changes = List.copyOf(changes);
    appended = Map.copyOf(appended);
  }

  /** The demo's times. */
  public static Overlay shortTimes() {
    return new Overlay(
        List.of(
            new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 8s, max: 2m}"),
            new Change("soak: 24h", "soak: 4s"),
            new Change("drain: {for: 1h, below: 1/min}", "drain: {for: 3s, below: 1/min}"),
            new Change("grace: 1m", "grace: 2s"),
            new Change("after: 7d", "after: 1s")),
        Map.of());
  }

  /** The shortest that still have every phase, for proofs that move many times. */
  public static Overlay briefTimes() {
    return new Overlay(
        List.of(
            new Change("dwell: {min: 10m, max: 1h}", "dwell: {min: 3s, max: 2m}"),
            new Change("soak: 24h", "soak: 3s"),
            new Change("drain: {for: 1h, below: 1/min}", "drain: {for: 3s, below: 1/min}"),
            new Change("grace: 1m", "grace: 2s")),
        Map.of());
  }

  /** The demo's times, and only two steps. */
  public static Overlay twoSteps() {
    return shortTimes().and(new Change("steps: [1, 5, 25, 50, 100]", "steps: [50, 100]"));
  }

  /** The same with one more line changed. */
  public Overlay and(Change change) {
    return new Overlay(Stream.concat(changes.stream(), Stream.of(change)).toList(), appended);
  }

  /** The same with text at the end of files. */
  public Overlay appending(Map<String, String> more) {
    return new Overlay(changes, more);
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
