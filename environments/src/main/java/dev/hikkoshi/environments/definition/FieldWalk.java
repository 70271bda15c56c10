package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.ClusterFields.Change;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Scalars;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The fields of a cluster file as they are recorded and compared: path and canonical text. What is
 * not written is not there, so that a default of ours never counts.
 */
final class FieldWalk {

  private final Map<Change, SortedMap<String, String>> fields = new EnumMap<>(Change.class);

  private final SortedMap<String, Place> places = new TreeMap<>();

  private FieldWalk() {}

  /** Walks a file that was read without a problem. */
  static FieldWalk over(Mapping root) {
    FieldWalk walk = new FieldWalk();
    walk.entries(root, "", "");
    return walk;
  }

  SortedMap<String, String> immutable() {
    return of(Change.NEW_CLUSTER);
  }

  SortedMap<String, String> mutable() {
    SortedMap<String, String> mutable = of(Change.IN_PLACE);
    mutable.putAll(of(Change.NEXT_CLUSTER));
    return mutable;
  }

  /** Where each immutable field stands. */
  SortedMap<String, Place> places() {
    SortedMap<String, Place> immutable = new TreeMap<>(places);
    immutable.keySet().retainAll(of(Change.NEW_CLUSTER).keySet());
    return immutable;
  }

  private SortedMap<String, String> of(Change change) {
    return new TreeMap<>(fields.getOrDefault(change, new TreeMap<>()));
  }

  private void entries(Mapping map, String path, String pattern) {
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      String before = path.isEmpty() ? "" : path + ".";
      String beforePattern = pattern.isEmpty() ? "" : pattern + ".";
      String named = beforePattern + key;
      boolean known = ClusterFields.row(named).isPresent() || ClusterFields.leads(named);
      node(entry.value(), before + key, known ? named : beforePattern + "*");
    }
  }

  private void node(Node node, String path, String pattern) {
    var row = ClusterFields.row(pattern);
    if (row.isPresent()) {
      fields.computeIfAbsent(row.get().change(), _ -> new TreeMap<>()).put(path, canonical(node));
      places.put(path, node.place());
      return;
    }
    switch (node) {
      case Mapping map -> entries(map, path, pattern);
      case Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          Node item = list.items().get(i);
          node(item, path + "[" + name(item, i) + "]", pattern + "[]");
        }
      }
      case Scalar _ -> throw new IllegalStateException("no row for " + pattern);
    }
  }

  /** Items are known by name, so that their order does not count. */
  private static String name(Node item, int index) {
    if (item instanceof Mapping map) {
      if (map.at("namespace").orElse(null) instanceof Scalar namespace
          && map.at("serviceAccountName").orElse(null) instanceof Scalar account) {
        return namespace.text() + "/" + account.text();
      }
      for (String key : new String[] {"name", "principalARN", "policyARN"}) {
        if (map.at(key).orElse(null) instanceof Scalar scalar) {
          return scalar.text();
        }
      }
    }
    return Integer.toString(index);
  }

  static String canonical(Node node) {
    return switch (node) {
      case Scalar scalar -> String.valueOf(Scalars.value(scalar));
      case Sequence list ->
          list.items().stream()
              .map(FieldWalk::canonical)
              .collect(Collectors.joining(", ", "[", "]"));
      case Mapping map ->
          map.entries().stream()
              .map(e -> e.key().text() + ": " + canonical(e.value()))
              .sorted()
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
