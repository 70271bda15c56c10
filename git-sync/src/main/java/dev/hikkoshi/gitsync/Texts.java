package dev.hikkoshi.gitsync;

/** Text that others wrote, made fit for one line of a log, status or terminal. */
final class Texts {

  private static final int LONGEST = 400;

  private Texts() {}

  /** One line without control characters, at most 400 characters. */
  static String line(String text) {
    return line(text, LONGEST);
  }

  static String line(String text, int longest) {
    StringBuilder line = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(longest)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(line::appendCodePoint);
    return text.strip().codePointCount(0, text.strip().length()) > longest
        ? line.append('…').toString()
        : line.toString();
  }
}
