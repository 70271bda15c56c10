package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How helmfile lays the top-level fields of one piece of a state file over those of another. A
 * field is merged by its type there: texts and lists, structures (by field), and maps (by key, a
 * value replaced whole). The zero value of a type never overrides.
 */
final class StateMerge {

  private static final String ENVIRONMENTS = SubHelmfile.ENVIRONMENTS;

  /** Maps whose values are replaced whole. */
  private static final Set<String> MAPS = Set.of(ENVIRONMENTS, "templates", "commonLabels");

  private static final Set<String> NO = Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");
  private static final String REPOSITORIES = "repositories";
  private static final String API_VERSIONS = "apiVersions";

  private StateMerge() {}

  /** A later part over the earlier ones of a file. */
  static Mapping part(Mapping below, Mapping above) {
    return merge(below, above, false);
  }

  /** A later document over the earlier ones of a part. */
  static Mapping document(Mapping below, Mapping above) {
    return merge(below, above, true);
  }

  /** A file over its base, or a base over an earlier one: specs of environments are joined too. */
  static Mapping base(Mapping below, Mapping above) {
    Mapping merged = merge(below, above, true);
    return below.at(ENVIRONMENTS).orElse(null) instanceof Mapping b
            && above.at(ENVIRONMENTS).orElse(null) instanceof Mapping a
        ? with(merged, ENVIRONMENTS, EnvironmentSpecs.join(b, a))
        : merged;
  }

  /** A child's fields over those that it inherits of its parent. */
  static Mapping inherit(Mapping parent, Mapping child, List<String> keys) {
    Mapping merged = child;
    for (String key : keys) {
      Entry given = parent.entry(key).orElse(null);
      if (given != null && !key.equals(SubHelmfile.ENVIRONMENTS)) {
        merged = with(merged, key, inherited(key, given, merged));
      }
    }
    return merged;
  }

  private static Node inherited(String key, Entry parent, Mapping child) {
    Node own = child.at(key).orElse(null);
    if (own == null) {
      return parent.value();
    }
    if (parent.value() instanceof Sequence given && own instanceof Sequence mine) {
      List<Node> all = new ArrayList<>(given.items());
      all.addAll(mine.items());
      boolean byName = key.equals(REPOSITORIES);
      boolean known = byName || key.equals(API_VERSIONS);
      return new Sequence(known ? distinct(all, byName) : mine.items(), mine.place());
    }
    if (parent.value() instanceof Mapping given && own instanceof Mapping mine) {
      return MAPS.contains(key) ? entries(given, mine) : merge(given, mine, false);
    }
    return isZero(own) ? parent.value() : own;
  }

  /** Of repositories of one name the last stays, of equal texts the first. */
  private static List<Node> distinct(List<Node> all, boolean byName) {
    Map<String, Node> kept = new LinkedHashMap<>();
    for (Node node : all) {
      String name = text(byName && node instanceof Mapping m ? m.at("name").orElse(node) : node);
      if (byName) {
        kept.remove(name);
        kept.put(name, node);
      } else {
        kept.putIfAbsent(name, node);
      }
    }
    return List.copyOf(kept.values());
  }

  private static String text(Node node) {
    return node instanceof Scalar scalar ? scalar.text() : node.place().toString();
  }

  private static Mapping merge(Mapping below, Mapping above, boolean append) {
    Map<String, Entry> merged = new LinkedHashMap<>();
    below.entries().forEach(e -> merged.put(e.key().text(), e));
    for (Entry entry : above.entries()) {
      merged.merge(
          entry.key().text(),
          entry,
          (old, late) -> new Entry(late.key(), value(old, late, append)));
    }
    return new Mapping(List.copyOf(merged.values()), above.place());
  }

  private static Node value(Entry old, Entry late, boolean append) {
    Node below = old.value();
    Node above = late.value();
    if (below instanceof Mapping b && above instanceof Mapping a) {
      return MAPS.contains(late.key().text()) ? entries(b, a) : merge(b, a, append);
    }
    if (append && below instanceof Sequence b && above instanceof Sequence a) {
      List<Node> items = new ArrayList<>(b.items());
      items.addAll(a.items());
      return new Sequence(items, a.place());
    }
    return isZero(above) ? below : above;
  }

  private static Mapping entries(Mapping below, Mapping above) {
    Map<String, Entry> merged = new LinkedHashMap<>();
    below.entries().forEach(e -> merged.put(e.key().text(), e));
    above.entries().forEach(e -> merged.put(e.key().text(), e));
    return new Mapping(List.copyOf(merged.values()), above.place());
  }

  /** Go's zero value of whatever type the field has. */
  static boolean isZero(Node node) {
    return switch (node) {
      case Sequence list -> list.items().isEmpty();
      case Mapping map -> map.entries().isEmpty();
      case Scalar scalar ->
          switch (Scalars.kind(scalar)) {
            case NULL -> true;
            case BOOL -> Boolean.FALSE.equals(Scalars.value(scalar));
            case INTEGER, FLOAT ->
                Scalars.value(scalar) instanceof Number n && n.doubleValue() == 0;
            // A field of type bool takes the words of YAML 1.1 too.
            case TEXT -> scalar.text().isEmpty() || (scalar.plain() && NO.contains(scalar.text()));
            case TIMESTAMP -> false;
          };
    };
  }

  /** The map with one value instead of another. */
  static Mapping with(Mapping map, String key, Node value) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    map.entries().forEach(e -> entries.put(e.key().text(), e));
    Scalar name =
        map.entry(key)
            .map(Entry::key)
            .orElseGet(
                () -> new Scalar(key, true, Optional.empty(), value.place(), 0, key.length()));
    entries.put(key, new Entry(name, value));
    return new Mapping(List.copyOf(entries.values()), map.place());
  }

  /** The map without some keys. */
  static Mapping without(Mapping map, Set<String> keys) {
    return new Mapping(
        map.entries().stream().filter(e -> !keys.contains(e.key().text())).toList(), map.place());
  }
}
