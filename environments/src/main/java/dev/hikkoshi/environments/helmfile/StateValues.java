package dev.hikkoshi.environments.helmfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * helmfile's ways to lay maps of state values over each other; maps are merged in depth by all.
 * Rules are those of pkg/state, pkg/environment and pkg/maputil in helmfile's sources.
 */
final class StateValues {

  private StateValues() {}

  /** Entries of one {@code values} list: the later wins, lists are replaced, null is a value. */
  static Map<String, Object> override(Map<String, Object> below, Map<String, Object> above) {
    Map<String, Object> merged = new LinkedHashMap<>(below);
    above.forEach((key, value) -> put(merged, key, overridden(merged.get(key), value)));
    return merged;
  }

  private static @Nullable Object overridden(@Nullable Object below, @Nullable Object above) {
    return below instanceof Map<?, ?> b && above instanceof Map<?, ?> a
        ? override(typed(b), typed(a))
        : above;
  }

  /**
   * Defaults below an environment's values: null does not override what is there, and a list that
   * holds a null is laid over item by item.
   */
  static Map<String, Object> layer(Map<String, Object> defaults, Map<String, Object> values) {
    return layered(defaults, values, false);
  }

  /** Settings of a command line: as a layer, but every list is laid over item by item. */
  static Map<String, Object> settings(Map<String, Object> values, Map<String, Object> settings) {
    return layered(values, settings, true);
  }

  private static Map<String, Object> layered(
      Map<String, Object> below, Map<String, Object> above, boolean everyList) {
    Map<String, Object> merged = new LinkedHashMap<>(below);
    above.forEach(
        (key, value) -> {
          if (value != null || !merged.containsKey(key)) {
            put(merged, key, layered(merged.get(key), value, everyList));
          }
        });
    return merged;
  }

  private static @Nullable Object layered(
      @Nullable Object below, @Nullable Object above, boolean everyList) {
    if (below instanceof Map<?, ?> b && above instanceof Map<?, ?> a) {
      return layered(typed(b), typed(a), everyList);
    }
    boolean byItem = above instanceof List<?> list && (everyList || list.contains(null));
    return byItem && below instanceof List<?> b && above instanceof List<?> a
        ? items(b, a, everyList)
        : above;
  }

  /** A list inside a list is replaced: helmfile looks for maps only. */
  private static List<Object> items(List<?> below, List<?> above, boolean everyList) {
    List<Object> merged = new ArrayList<>();
    for (int i = 0; i < Math.max(below.size(), above.size()); i++) {
      Object under = i < below.size() ? below.get(i) : null;
      Object over = i < above.size() ? above.get(i) : null;
      if (under instanceof Map<?, ?> u && over instanceof Map<?, ?> o) {
        merged.add(layered(typed(u), typed(o), everyList));
      } else {
        add(merged, over == null ? under : over);
      }
    }
    return merged;
  }

  // Values come from YAML, whose keys are text here.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> typed(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  // Null is one of YAML's values, and the maps are typed without it everywhere.
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> values, String key, @Nullable Object value) {
    values.put(key, value);
  }

  @SuppressWarnings("NullAway")
  private static void add(List<Object> items, @Nullable Object value) {
    items.add(value);
  }
}
