package dev.hikkoshi.environments.reading;

import java.util.Comparator;
import java.util.Optional;

/**
 * Something wrong in a file, as a compiler would tell it.
 *
 * @param message what is wrong, one sentence without a period; it and the hint are made printable
 * @param hint what was expected, or what to write instead
 * @param excerpt the line it stands on; empty where that line could hold a secret (values) or there
 *     is none. Bounded, and free of control characters
 */
public record Problem(
    Place place, String message, Optional<String> hint, Optional<String> excerpt) {

  private static final int LONGEST = 500;
  private static final int WIDEST = 160;

  public Problem {
    message = printable(message);
    hint = hint.map(Problem::printable);
  }

  /** By place, so that the order of reading does not show. */
  public static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place).thenComparing(Problem::message);

  /** A problem of a file as a whole. */
  public static Problem of(String file, String message) {
    return new Problem(Place.of(file), message, Optional.empty(), Optional.empty());
  }

  /**
   * Text of a repository as it may be printed: bounded, and with nothing that a terminal would obey
   * or that would turn its direction.
   */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> c == '\t' ? ' ' : c)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '·' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }

  /**
   * The line as it may be shown under a message; empty where it would not help.
   *
   * @param column where the mark would stand
   */
  public static Optional<String> excerpt(String line, int column) {
    if (column > WIDEST) {
      return Optional.empty();
    }
    int end = line.offsetByCodePoints(0, Math.min(WIDEST, line.codePointCount(0, line.length())));
    // One character for each code point, as columns are counted.
    return Optional.of(printable(line.substring(0, end)));
  }

  public String file() {
    return place.file();
  }

  public int line() {
    return place.line();
  }

  public int column() {
    return place.column();
  }

  /** One line: {@code shop/environment.yaml:12:5: unknown key "step" (did you mean "steps"?)}. */
  public String oneLine() {
    return place + ": " + message + hint.map(h -> " (" + h + ")").orElse("");
  }

  /** Several lines: the one line, the offending text, and marks under it. */
  @Override
  public String toString() {
    if (excerpt.isEmpty()) {
      return oneLine();
    }
    String number = Integer.toString(place.line());
    String margin = " ".repeat(number.length());
    String text = excerpt.get();
    int start = Math.min(place.column() - 1, text.length());
    int marks = Math.max(1, Math.min(place.length(), text.length() - start));
    return place
        + ": "
        + message
        + "\n  "
        + number
        + " | "
        + text
        + "\n  "
        + margin
        + " | "
        + " ".repeat(start)
        + "^".repeat(marks)
        + hint.map(h -> " " + h).orElse("");
  }
}
