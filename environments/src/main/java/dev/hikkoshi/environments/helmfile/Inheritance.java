package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
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
 * {@code templates}, {@code inherit} and {@code defaultInherit}. What is said later wins: a later
 * template over an earlier one, the release over both. Lists are appended, templates' before the
 * release's; labels are joined. A zero value overrides nothing: {@code wait: false} of a release
 * leaves a template's {@code wait: true}, as in helmfile.
 *
 * <p>helmfile 1.8 keeps some fields behind pointers that releases share with their template, so a
 * release that overrides one changes it for every release after it. Whoever runs such a helmfile
 * has clusters that look so; it is the same here.
 */
final class Inheritance {

  private static final String INHERIT = "inherit";
  private static final Set<String> EXCEPT =
      Set.of("labels", "values", "valuesTemplate", "setTemplate", "set", "setString", "secrets");

  /** Templates that inherit each other twice double their lists and the work with each level. */
  private static final int LONGEST_LIST = 5_000;

  private static final int MOST_JOINS = 20_000;

  private final Map<String, Entry> templates = new LinkedHashMap<>();
  private final List<Said> byDefault;
  private final Problems problems;
  private final Map<String, Shared> shared = new HashMap<>();
  private int joins;

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

  /** What a pointer of a template's field points to. */
  private static final class Shared {

    private Node value;

    Shared(Node value) {
      this.value = value;
    }
  }

  /** A field while it is merged. */
  private record Field(Scalar key, Shared held) {

    Entry entry() {
      return new Entry(key, held.value);
    }
  }

  /** A release with all that it inherits; empty exactly when a problem was added. */
  Optional<Mapping> whole(Mapping release) {
    return inherits(release)
        .flatMap(own -> joined(release, "", withDefaults(own), new ArrayList<>()))
        .map(
            fields ->
                new Mapping(fields.values().stream().map(Field::entry).toList(), release.place()));
  }

  /** The templates as they are by now, with what releases changed behind pointers. */
  Mapping templates(Place place) {
    List<Entry> now = new ArrayList<>();
    for (Entry entry : templates.values()) {
      String name = entry.key().text();
      now.add(
          entry.value() instanceof Mapping map
              ? new Entry(entry.key(), new Mapping(fields(name, map), map.place()))
              : entry);
    }
    return new Mapping(now, place);
  }

  private List<Entry> fields(String template, Mapping map) {
    return map.entries().stream()
        .map(
            e ->
                Optional.ofNullable(shared.get(template + "\n" + e.key().text()))
                    .map(held -> new Entry(e.key(), held.value))
                    .orElse(e))
        .toList();
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

  /**
   * A template's or release's own fields over what it inherits.
   *
   * @param name of the template, empty for a release
   */
  private Optional<Map<String, Field>> joined(
      Mapping own, String name, List<Inherit> inherits, List<String> path) {
    joins++;
    if (joins > MOST_JOINS) {
      problems.add(own.place(), "inherits more than " + MOST_JOINS + " times");
      return Optional.empty();
    }
    Map<String, Field> merged = new LinkedHashMap<>();
    for (Inherit inherit : inherits) {
      Optional<Map<String, Field>> template = template(inherit, path);
      if (template.isEmpty()) {
        return Optional.empty();
      }
      for (Field field : template.get().values()) {
        if (!inherit.except().contains(field.key().text())) {
          merge(merged, field);
        }
      }
    }
    for (Entry entry : own.entries()) {
      boolean nothing = entry.value() instanceof Scalar s && Scalars.kind(s) == Scalars.Kind.NULL;
      if (!nothing && !entry.key().text().equals(INHERIT)) {
        merge(merged, field(name, entry));
      }
    }
    boolean endless = merged.values().stream().anyMatch(f -> length(f.held.value) > LONGEST_LIST);
    if (endless) {
      problems.add(own.place(), "inherits a list of more than " + LONGEST_LIST + " entries");
      return Optional.empty();
    }
    return Optional.of(merged);
  }

  private Field field(String template, Entry entry) {
    String key = entry.key().text();
    boolean alone = template.isEmpty() || !BuiltFields.RELEASE.isPointer(key);
    Shared held =
        alone
            ? new Shared(entry.value())
            : shared.computeIfAbsent(template + "\n" + key, _ -> new Shared(entry.value()));
    return new Field(entry.key(), held);
  }

  private static int length(Node node) {
    return node instanceof Sequence list ? list.items().size() : 0;
  }

  private Optional<Map<String, Field>> template(Inherit inherit, List<String> path) {
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
    List<String> deeper = Stream.concat(path.stream(), Stream.of(name)).toList();
    return inherits(spec).flatMap(more -> joined(spec, name, more, deeper));
  }

  private static void merge(Map<String, Field> merged, Field later) {
    String key = later.key().text();
    Field first = merged.get(key);
    if (first == null) {
      merged.put(key, later);
      return;
    }
    Node value = over(first.held.value, later.held.value);
    if (BuiltFields.RELEASE.isPointer(key)) {
      first.held.value = value;
    } else {
      merged.put(key, new Field(first.key(), new Shared(value)));
    }
  }

  private static Node over(Node first, Node later) {
    if (first instanceof Sequence a && later instanceof Sequence b) {
      return new Sequence(
          Stream.concat(a.items().stream(), b.items().stream()).toList(), a.place());
    }
    if (first instanceof Mapping a && later instanceof Mapping b) {
      Map<String, Entry> joined = new LinkedHashMap<>();
      a.entries().forEach(e -> joined.put(e.key().text(), e));
      b.entries().forEach(e -> joined.put(e.key().text(), e));
      return new Mapping(List.copyOf(joined.values()), a.place());
    }
    return Zero.is(later) ? first : later;
  }
}
