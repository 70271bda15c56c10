package dev.hikkoshi.environments.plan;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plain values as JSON text in one line. Keys are sorted: the same values are the same text in
 * every process, else a restart would look like a change.
 */
final class JsonText {

  private JsonText() {}

  /** Of maps, collections, text, numbers and booleans. */
  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> object(map, out);
      case Collection<?> list -> {
        String separator = "";
        out.append('[');
        for (Object item : list) {
          write(item, out.append(separator));
          separator = ",";
        }
        out.append(']');
      }
      case Number number -> out.append(number);
      case Boolean yes -> out.append(yes);
      default -> quoted(value.toString(), out);
    }
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    SortedMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    String separator = "";
    out.append('{');
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      quoted(entry.getKey(), out.append(separator));
      write(entry.getValue(), out.append(':'));
      separator = ",";
    }
    out.append('}');
  }

  private static void quoted(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
