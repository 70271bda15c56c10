package dev.hikkoshi.cli.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one key out of YAML text by its lines, so that all else stays as its author wrote it,
 * comments included.
 */
final class LineCut {

  private LineCut() {}

  /**
   * The text without the key at a place and without what belongs to it.
   *
   * @param line of the key, from 1
   * @param column of the key, from 1
   * @return empty when the key shares its line with others (flow style): then only a person can
   */
  static Optional<String> without(String text, int line, int column) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (line < 1 || line > lines.size() || column < 1) {
      return Optional.empty();
    }
    String head = lines.get(line - 1);
    String before = head.substring(0, Math.min(column - 1, head.length()));
    if (!before.replaceFirst("- *$", "").isBlank()
        || !head.substring(before.length()).contains(":")) {
      return Optional.empty();
    }
    int end = line;
    while (end < lines.size() && belongs(lines.get(end), column)) {
      end++;
    }
    boolean first = before.contains("-");
    lines.subList(line - 1, end).clear();
    if (first && !followed(lines, line - 1, column)) {
      // It was the only key of its item, so the item goes with it.
      return Optional.of(joined(lines));
    }
    if (first) {
      String next = lines.get(line - 1);
      lines.set(line - 1, before + next.substring(column - 1));
    }
    return Optional.of(joined(lines));
  }

  private static boolean belongs(String line, int column) {
    if (line.isBlank() || indent(line) >= column) {
      return true;
    }
    // The items of a list may stand right under their key.
    return indent(line) == column - 1 && line.strip().startsWith("- ");
  }

  private static boolean followed(List<String> lines, int at, int column) {
    return at < lines.size()
        && !lines.get(at).isBlank()
        && indent(lines.get(at)) == column - 1
        && !lines.get(at).strip().startsWith("- ");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
