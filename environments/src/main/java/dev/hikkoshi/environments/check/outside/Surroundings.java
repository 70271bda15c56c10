package dev.hikkoshi.environments.check.outside;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an object's effect depends on besides itself.
 *
 * @param dnsSources what external-dns reads, if it runs in the cluster at all
 * @param configMaps their texts, by {@code namespace/name}
 * @param selectors of Services, by namespace
 * @param moved names that routes move, lower-case and without a final dot
 */
record Surroundings(
    Set<String> dnsSources,
    Map<String, Map<?, ?>> configMaps,
    Map<String, List<Map<?, ?>>> selectors,
    Set<String> moved) {

  static Surroundings of(Rendering rendering, Set<String> moved) {
    Set<String> sources = new HashSet<>();
    Map<String, Map<?, ?>> configMaps = new HashMap<>();
    Map<String, List<Map<?, ?>>> selectors = new HashMap<>();
    rendering
        .objects()
        .forEach(
            object -> {
              for (Pods.Container container : Pods.of(object).containers()) {
                if (ExternalDns.runs(container)) {
                  sources.addAll(container.flags("--source"));
                  // Something runs, though it is not said what it reads.
                  sources.add("");
                }
              }
              if (object.kind().equals("ConfigMap")
                  && object.tree().get("data") instanceof Map<?, ?> data) {
                configMaps.put(object.namespace() + "/" + object.name(), data);
              }
              if (object.kind().equals("Service")
                  && object.at("spec", "selector").orElse(null) instanceof Map<?, ?> selector) {
                selectors.computeIfAbsent(object.namespace(), _ -> new ArrayList<>()).add(selector);
              }
            });
    Set<String> names = new HashSet<>();
    moved.forEach(name -> names.add(plain(name)));
    return new Surroundings(sources, configMaps, selectors, names);
  }

  boolean externalDns() {
    return !dnsSources.isEmpty();
  }

  /** Whether external-dns reads objects of this sort; assumed where it is not said. */
  boolean reads(String source) {
    return dnsSources.contains(source) || dnsSources.size() == 1 && dnsSources.contains("");
  }

  static String plain(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
