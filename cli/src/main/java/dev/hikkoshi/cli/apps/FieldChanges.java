package dev.hikkoshi.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields of an object change, and from what to what. Values of Secrets are never shown, only
 * that they change.
 */
public final class FieldChanges {

  private static final String MASK = "*****";
  private static final int WIDTH = 120;
  private static final Set<String> SECRET_FIELDS = Set.of("data", "stringData");

  private final boolean secret;
  private final List<Field> found = new ArrayList<>();

  private FieldChanges(boolean secret) {
    this.secret = secret;
  }

  /**
   * One field.
   *
   * @param path such as {@code spec.template.spec.containers[web].image}
   * @param before empty where there was none
   * @param after empty where there will be none
   */
  public record Field(String path, String before, String after) {

    /** {@code path: before → after}. */
    @Override
    public String toString() {
      return before.isEmpty()
          ? "+ %s: %s".formatted(path, after)
          : after.isEmpty()
              ? "- %s: %s".formatted(path, before)
              : "~ %s: %s → %s".formatted(path, before, after);
    }
  }

  /** The fields that differ, in order of path. */
  public static List<Field> between(JsonNode before, JsonNode after) {
    FieldChanges changes = new FieldChanges(after.path("kind").asText().equals("Secret"));
    changes.compare("", before, after, false);
    return List.copyOf(changes.found);
  }

  private void compare(String path, JsonNode before, JsonNode after, boolean masked) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        boolean below = masked || (secret && path.isEmpty() && SECRET_FIELDS.contains(name));
        compare(join(path, name), before.path(name), after.path(name), below);
      }
    } else if (before.isArray() && after.isArray()) {
      lists(path, before, after, masked);
    } else {
      found.add(new Field(path, shown(before, masked), shown(after, masked)));
    }
  }

  private void lists(String path, JsonNode before, JsonNode after, boolean masked) {
    Map<String, JsonNode> left = items(before);
    Map<String, JsonNode> right = items(after);
    Set<String> keys = new LinkedHashSet<>(left.keySet());
    keys.addAll(right.keySet());
    for (String key : keys) {
      compare(
          path + "[" + key + "]",
          left.getOrDefault(key, MissingNode.getInstance()),
          right.getOrDefault(key, MissingNode.getInstance()),
          masked);
    }
  }

  /** By name where all items have one of their own, as Kubernetes merges them; else by place. */
  private static Map<String, JsonNode> items(JsonNode list) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    list.forEach(item -> named.put(item.path("name").asText(), item));
    if (named.size() == list.size() && !named.containsKey("")) {
      return named;
    }
    Map<String, JsonNode> placed = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      placed.put(Integer.toString(i), list.get(i));
    }
    return placed;
  }

  private static String join(String path, String name) {
    String step = name.contains(".") || name.contains("/") ? "[\"" + name + "\"]" : name;
    return path.isEmpty() ? step : step.startsWith("[") ? path + step : path + "." + step;
  }

  private static String shown(JsonNode value, boolean masked) {
    if (value.isMissingNode()) {
      return "";
    }
    if (masked) {
      return MASK;
    }
    String text = value.toString();
    return text.length() > WIDTH ? text.substring(0, WIDTH) + "…" : text;
  }
}
