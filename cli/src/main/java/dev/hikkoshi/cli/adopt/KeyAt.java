package dev.hikkoshi.cli.adopt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Which key stands on a line of YAML in block style, as a path: {@code groups[1].spot}. */
final class KeyAt {

  private KeyAt() {}

  /** A key whose value is being read; {@code item} is the list item within, -1 before the first. */
  private record Open(int column, String name, int item) {

    @Override
    public String toString() {
      return item < 0 ? name : name + "[" + item + "]";
    }
  }

  /** The path at a line, counted from 1; empty for a line that is not there. */
  static String line(List<String> lines, int line) {
    Deque<Open> open = new ArrayDeque<>();
    for (String text : lines.subList(0, Math.clamp(line, 0, lines.size()))) {
      int column = text.length() - text.stripLeading().length();
      if (text.startsWith("- ", column)) {
        int dash = column;
        open.removeIf(key -> key.column() > dash);
        if (!open.isEmpty()) {
          Open list = open.removeLast();
          open.addLast(new Open(list.column(), list.name(), list.item() + 1));
        }
        column += 2;
      }
      int colon = text.indexOf(':', column);
      if (colon > 0) {
        int key = column;
        open.removeIf(other -> other.column() >= key);
        open.addLast(new Open(column, text.substring(column, colon), -1));
      }
    }
    return open.stream().map(Open::toString).collect(Collectors.joining("."));
  }
}
