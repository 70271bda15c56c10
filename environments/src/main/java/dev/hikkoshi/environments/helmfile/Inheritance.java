package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code templates}, {@code inherit} and {@code defaultInherit}. What was said first stays: the
 * first template's field wins over that of a later one and over the release's own; lists are
 * appended, templates' before the release's; maps are joined. A zero value counts as not said.
 */
final class Inheritance {

  private static final String INHERIT = "inherit";
  private static final Set<String> EXCEPT =
      Set.of("labels", "values", "valuesTemplate", "setTemplate", "set", "setString", "secrets");

  /** Templates that inherit each other twice double their lists with each level. */
  private static final int LONGEST_LIST = 5_000;

  private final Map<String, Entry> templates = new LinkedHashMap<>();
  private final List<Said> byDefault;
  private final Problems problems;
  private final Map<String, Optional<Mapping>> resolved = new HashMap<>();

  Inheritance(Mapping templates, List<Said> byDefault, Problems problems) {
    templates.entries().forEach(e -> this.templates.put(e.key().text(), e));
    this.byDefault =
        byDefault.stream()
            .map(said -> said.as(said.text().strip()))
            .filter(said -> !said.isEmpty())
            .toList();
    this.problems = problems;
  }

  /** One entry of {@code inherit}. */
  private record Inherit(Said template, Set<String> except) {}

  /** A release with all that it inherits; empty exactly when a problem was added. */
  Optional<Mapping> whole(Mapping release) {
    return inherits(release).flatMap(own -> joined(release, withDefaults(own), new ArrayList<>()));
  }

  private List<Inherit> withDefaults(List<Inherit> own) {
    Set<String> named = new HashSet<>();
    own.forEach(inherit -> named.add(inherit.template().text()));
    Stream<Inherit> more =
        byDefault.stream()
            .filter(said -> named.add(said.text()))
            .map(said -> new Inherit(said, Set.of()));
    return Stream.concat(more, own.stream()).toList();
  }

  private Optional<List<Inherit>> inherits(Mapping spec) {
    Optional<Node> node = spec.at(INHERIT).filter(n -> !Zero.is(n));
    if (node.isEmpty()) {
      return Optional.of(List.of());
    }
    // A map alone is the older form of a list of one.
    return node.get() instanceof Mapping
        ? Fields.object(this::inherit).read(node.get(), problems).map(List::of)
        : Types.list(Fields.object(this::inherit)).read(node.get(), problems);
  }

  private Optional<Inherit> inherit(Fields fields) {
    Optional<Said> name = fields.need("template", Said.type(), "the name of a template");
    List<Said> except = fields.get("except", Types.list(Said.type()), List.of());
    Set<String> left = new HashSet<>();
    for (Said key : except) {
      if (EXCEPT.contains(key.text())) {
        left.add(key.text());
      } else {
        String hint = "expected one of " + EXCEPT.stream().sorted().toList();
        problems.add(key.place(), "\"" + key.text() + "\" cannot be left out", hint);
      }
    }
    return fields.make(
        () -> new Inherit(name.orElseThrow().as(name.orElseThrow().text().strip()), left));
  }

  private Optional<Mapping> joined(Mapping own, List<Inherit> inherits, List<String> path) {
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (Inherit inherit : inherits) {
      Optional<Mapping> template = template(inherit, path);
      if (template.isEmpty()) {
        return Optional.empty();
      }
      for (Entry entry : template.get().entries()) {
        if (!inherit.except().contains(entry.key().text())) {
          fill(merged, entry);
        }
      }
    }
    for (Entry entry : own.entries()) {
      if (!entry.key().text().equals(INHERIT)) {
        fill(merged, entry);
      }
    }
    boolean endless = merged.values().stream().anyMatch(e -> length(e.value()) > LONGEST_LIST);
    if (endless) {
      problems.add(own.place(), "inherits a list of more than " + LONGEST_LIST + " entries");
      return Optional.empty();
    }
    return Optional.of(new Mapping(List.copyOf(merged.values()), own.place()));
  }

  private static int length(Node node) {
    return node instanceof Sequence list ? list.items().size() : 0;
  }

  private Optional<Mapping> template(Inherit inherit, List<String> path) {
    String name = inherit.template().text();
    if (path.contains(name)) {
      String circle =
          String.join(" → ", path.subList(path.indexOf(name), path.size())) + " → " + name;
      problems.add(inherit.template().place(), "templates inherit in a circle: " + circle);
      return Optional.empty();
    }
    Entry entry = templates.get(name);
    if (entry == null || !(entry.value() instanceof Mapping spec)) {
      String hint =
          Nearest.to(name, templates.keySet())
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("templates: " + String.join(", ", templates.keySet()));
      problems.add(inherit.template().place(), "there is no template \"" + name + "\"", hint);
      return Optional.empty();
    }
    Optional<Mapping> known = resolved.get(name);
    if (known == null) {
      List<String> deeper = Stream.concat(path.stream(), Stream.of(name)).toList();
      known = inherits(spec).flatMap(more -> joined(spec, more, deeper));
      resolved.put(name, known);
    }
    return known;
  }

  private static void fill(Map<String, Entry> merged, Entry entry) {
    merged.merge(
        entry.key().text(),
        entry,
        (first, later) -> new Entry(first.key(), filled(first.value(), later.value())));
  }

  private static Node filled(Node first, Node later) {
    if (first instanceof Sequence a && later instanceof Sequence b) {
      return new Sequence(
          Stream.concat(a.items().stream(), b.items().stream()).toList(), a.place());
    }
    if (first instanceof Mapping a && later instanceof Mapping b) {
      Map<String, Entry> joined = new LinkedHashMap<>();
      a.entries().forEach(e -> joined.put(e.key().text(), e));
      b.entries().forEach(e -> fill(joined, e));
      return new Mapping(List.copyOf(joined.values()), a.place());
    }
    return Zero.is(first) && !(later instanceof Scalar s && Zero.is(s)) ? later : first;
  }
}
