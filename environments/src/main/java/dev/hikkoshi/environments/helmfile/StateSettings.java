package dev.hikkoshi.environments.helmfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --state-values-set} says: {@code a.b=1,c[0]=x}. A point after a backslash belongs to
 * the key. Rules are those of pkg/maputil in helmfile's sources.
 */
public final class StateSettings {

  /** Helm's own bound on an index, so that a typing error takes no memory. */
  private static final int GREATEST_INDEX = 65_536;

  private static final Pattern INDEXED = Pattern.compile("([^\\[\\]]+)\\[(\\d{1,6})].*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,19}");

  private StateSettings() {}

  /**
   * Reads settings; a later one is set over an earlier.
   *
   * @throws IllegalArgumentException when one is none, or contradicts another; its message says
   *     which
   */
  public static Map<String, Object> parse(List<String> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String setting : settings) {
      for (String pair : setting.split(",", -1)) {
        int equals = pair.indexOf('=');
        List<String> path = equals < 0 ? List.of() : path(pair.substring(0, equals));
        if (path.isEmpty()) {
          throw new IllegalArgumentException("\"" + pair + "\" is no setting, as a.b=1 is one");
        }
        set(all, path, value(pair.substring(equals + 1)));
      }
    }
    return all;
  }

  private static List<String> path(String key) {
    List<String> path = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!escaped && c == '\\') {
        escaped = true;
        continue;
      }
      if (c == '.' && !escaped) {
        path.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
      escaped = false;
    }
    if (!part.isEmpty()) {
      path.add(part.toString());
    }
    return path;
  }

  private static void set(Map<String, Object> map, List<String> path, @Nullable Object value) {
    Map<String, Object> at = map;
    for (String part : path.subList(0, path.size() - 1)) {
      at = inner(at, part);
    }
    place(at, path.getLast(), value);
  }

  /** The map at a key, or at an index of the list at a key; made where there is none. */
  private static Map<String, Object> inner(Map<String, Object> at, String part) {
    Matcher indexed = INDEXED.matcher(part);
    if (!indexed.matches()) {
      return map(at.computeIfAbsent(part, _ -> new LinkedHashMap<>()), part);
    }
    int index = index(indexed);
    List<Object> list = list(at, indexed.group(1), index);
    if (list.get(index) == null) {
      list.set(index, new LinkedHashMap<String, Object>());
    }
    return map(list.get(index), part);
  }

  // Null is a value that can be set, and a gap of a list.
  @SuppressWarnings("NullAway")
  private static void place(Map<String, Object> at, String part, @Nullable Object value) {
    Matcher indexed = INDEXED.matcher(part);
    if (indexed.matches()) {
      int index = index(indexed);
      list(at, indexed.group(1), index).set(index, value);
    } else {
      at.put(part, value);
    }
  }

  private static int index(Matcher indexed) {
    int index = Integer.parseInt(indexed.group(2));
    if (index > GREATEST_INDEX) {
      throw new IllegalArgumentException("the index " + index + " is above " + GREATEST_INDEX);
    }
    return index;
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private static List<Object> list(Map<String, Object> at, String key, int index) {
    Object there = at.computeIfAbsent(key, _ -> new ArrayList<>());
    if (!(there instanceof List<?>)) {
      throw new IllegalArgumentException("\"" + key + "\" is set as a list and as something else");
    }
    List<Object> list = (List<Object>) there;
    while (list.size() <= index) {
      list.add(null);
    }
    return list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object there, String key) {
    if (!(there instanceof Map<?, ?>)) {
      throw new IllegalArgumentException("\"" + key + "\" is set as a map and as something else");
    }
    return (Map<String, Object>) there;
  }

  private static @Nullable Object value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      case "0" -> 0L;
      default -> number(text);
    };
  }

  /** A text that begins with 0 stays text. */
  private static Object number(String text) {
    if (text.startsWith("0") || !NUMBER.matcher(text).matches()) {
      return text;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
