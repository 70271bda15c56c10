package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A release's {@code condition}: whether the release takes part at all. */
final class Condition {

  private Condition() {}

  /**
   * Looks it up.
   *
   * @param condition nothing, a boolean, or a path of state values that ends in {@code .enabled}
   * @return empty exactly when a problem was added: parents of the path must be there; a last key
   *     that is missing or no boolean is off
   */
  static Optional<Boolean> holds(Said condition, Map<String, Object> values, Problems problems) {
    if (condition.isEmpty()) {
      return Optional.of(true);
    }
    switch (condition.text().toLowerCase(Locale.ROOT)) {
      case "true":
        return Optional.of(true);
      case "false":
        return Optional.of(false);
      default:
        return lookup(condition, values, problems);
    }
  }

  private static Optional<Boolean> lookup(
      Said condition, Map<String, Object> values, Problems problems) {
    List<String> keys = Arrays.asList(condition.text().split("\\.", -1));
    if (!keys.getLast().equals("enabled")) {
      problems.add(
          condition.place(),
          "the condition \"" + condition.text() + "\" does not end in .enabled",
          "true, false or a path of state values such as web.enabled");
      return Optional.empty();
    }
    Map<?, ?> here = values;
    for (int i = 0; i < keys.size() - 1; i++) {
      if (!(here.get(keys.get(i)) instanceof Map<?, ?> next)) {
        String path = String.join(".", keys.subList(0, i + 1));
        String what = here.containsKey(keys.get(i)) ? " is no map" : " is not there";
        problems.add(condition.place(), "the state value " + path + what, hint(keys.get(i), here));
        return Optional.empty();
      }
      here = next;
    }
    return Optional.of(Boolean.TRUE.equals(here.get("enabled")));
  }

  private static String hint(String key, Map<?, ?> here) {
    TreeSet<String> names =
        here.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    return Nearest.to(key, names)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse("the condition needs a map with enabled: true or false");
  }
}
