package dev.hikkoshi.environments.plan;

import java.util.List;
import java.util.stream.Collectors;

/** An argument vector as a line that a person can paste; Hikkoshi itself runs no shell. */
final class ShellText {

  /** What stands unquoted besides letters and digits. */
  private static final String PLAIN = "_./:=@%+,-";

  private ShellText() {}

  static String of(List<String> argv) {
    return argv.stream().map(ShellText::word).collect(Collectors.joining(" "));
  }

  private static String word(String text) {
    return plain(text) ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!plain(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean plain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PLAIN.indexOf(c) >= 0;
  }
}
