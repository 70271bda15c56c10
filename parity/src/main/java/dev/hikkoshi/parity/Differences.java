package dev.hikkoshi.parity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two lists of documents differ, by path. Order counts in lists, not in maps. */
final class Differences {

  private static final int MOST = 20;
  private static final int WIDTH = 200;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /**
   * The differences of our answer from the judge's, at most 20.
   *
   * @return empty exactly when they are equal
   */
  static List<String> of(List<Object> judge, List<Object> ours) {
    Differences differences = new Differences();
    differences.lists("", judge, ours);
    return List.copyOf(differences.found);
  }

  private void compare(String path, @Nullable Object judge, @Nullable Object ours) {
    if (found.size() >= MOST) {
      return;
    }
    if (judge instanceof Map<?, ?> left && ours instanceof Map<?, ?> right) {
      maps(path, left, right);
    } else if (judge instanceof List<?> left && ours instanceof List<?> right) {
      lists(path, left, right);
    } else if (!same(judge, ours)) {
      found.add("%s: helmfile %s, hikkoshi %s".formatted(path, shown(judge), shown(ours)));
    }
  }

  private static boolean same(@Nullable Object judge, @Nullable Object ours) {
    if (judge instanceof BigDecimal left && ours instanceof BigDecimal right) {
      return left.compareTo(right) == 0;
    }
    return Objects.equals(judge, ours);
  }

  private void maps(String path, Map<?, ?> judge, Map<?, ?> ours) {
    TreeSet<String> keys = new TreeSet<>();
    judge.keySet().forEach(key -> keys.add(String.valueOf(key)));
    ours.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      String at = path + "." + key;
      if (!judge.containsKey(key)) {
        found.add("%s: helmfile has none, hikkoshi %s".formatted(at, shown(ours.get(key))));
      } else if (!ours.containsKey(key)) {
        found.add("%s: helmfile %s, hikkoshi has none".formatted(at, shown(judge.get(key))));
      } else {
        compare(at, judge.get(key), ours.get(key));
      }
    }
  }

  private void lists(String path, List<?> judge, List<?> ours) {
    for (int i = 0; i < Math.max(judge.size(), ours.size()); i++) {
      String at = path + "[" + i + "]";
      if (i >= judge.size()) {
        found.add("%s: helmfile has none, hikkoshi %s".formatted(at, shown(ours.get(i))));
      } else if (i >= ours.size()) {
        found.add("%s: helmfile %s, hikkoshi has none".formatted(at, shown(judge.get(i))));
      } else {
        compare(at, judge.get(i), ours.get(i));
      }
    }
  }

  private static String shown(@Nullable Object value) {
    String text =
        value instanceof String string ? "\"" + string.replace("\n", "\\n") + "\"" : "" + value;
    return text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text;
  }
}
