package dev.hikkoshi.environments.plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An argument vector as a line that a person can paste; Hikkoshi itself runs no shell. */
final class ShellText {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellText() {}

  static String of(List<String> argv) {
    return argv.stream().map(ShellText::word).collect(Collectors.joining(" "));
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
