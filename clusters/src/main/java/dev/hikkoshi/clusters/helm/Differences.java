package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two trees differ, as JSON pointers and never as values: they may be secrets. */
final class Differences {

  private static final int SHOWN = 5;

  private Differences() {}

  static List<String> between(JsonNode one, JsonNode other) {
    List<String> found = new ArrayList<>();
    compare("", one, other, found);
    if (found.size() <= SHOWN) {
      return List.copyOf(found);
    }
    List<String> shown = new ArrayList<>(found.subList(0, SHOWN));
    shown.add("and %d more".formatted(found.size() - SHOWN));
    return List.copyOf(shown);
  }

  private static void compare(String at, JsonNode one, JsonNode other, List<String> found) {
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String below = at + "/" + name.replace("~", "~0").replace("/", "~1");
        compare(below, one.path(name), other.path(name), found);
      }
    } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(at + "/" + i, one.get(i), other.get(i), found);
      }
    } else if (!one.equals(other)) {
      found.add(at);
    }
  }
}
