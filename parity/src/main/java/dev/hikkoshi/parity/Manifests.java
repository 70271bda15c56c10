package dev.hikkoshi.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rendered manifests whose order does not count. */
public final class Manifests {

  private static final int MOST = 20;

  private Manifests() {}

  /** What differs between two texts of YAML documents, each named by kind, namespace and name. */
  public static List<String> differences(String judge, String ours) {
    Map<String, Object> left = byName(judge);
    Map<String, Object> right = byName(ours);
    List<String> differences = new ArrayList<>();
    TreeMap<String, Object> all = new TreeMap<>(left);
    all.putAll(right);
    for (String name : all.keySet()) {
      if (!left.containsKey(name) || !right.containsKey(name)) {
        differences.add(name + (left.containsKey(name) ? ": only helmfile" : ": only hikkoshi"));
      } else {
        Differences.of(List.of(left.get(name)), List.of(right.get(name)))
            .forEach(one -> differences.add(name + " " + one));
      }
    }
    return differences.subList(0, Math.min(MOST, differences.size()));
  }

  private static Map<String, Object> byName(String text) {
    Map<String, Object> documents = new TreeMap<>();
    for (Object document : Documents.of(text)) {
      String name = "?";
      if (document instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?> metadata) {
        name = map.get("kind") + " " + metadata.get("namespace") + "/" + metadata.get("name");
      }
      // Without a namespace of their own two objects may have one name: told apart by number.
      String unique = name;
      for (int i = 2; documents.containsKey(unique); i++) {
        unique = name + " #" + i;
      }
      documents.put(unique, document);
    }
    return documents;
  }
}
