package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code helmfiles}.
 *
 * @param path a pattern as it is written; after {@link #at} a file or folder from the root
 * @param values the entries of its {@code values}, over the environment of the file
 * @param selectors instead of those of the parent; empty when it says none
 * @param selectorsInherited the parent's all the same
 * @param inherits fields of the parent that fill the gaps of the file
 */
record SubHelmfile(
    String path,
    Place place,
    List<Node> values,
    Optional<List<Selector>> selectors,
    boolean selectorsInherited,
    List<String> inherits) {

  static final String ENVIRONMENTS = "environments";
  private static final List<String> INHERITABLE =
      List.of(
          "repositories",
          "helmDefaults",
          "commonLabels",
          "apiVersions",
          "kubeVersion",
          "templates",
          ENVIRONMENTS);

  SubHelmfile {
    values = List.copyOf(values);
    selectors = selectors.map(List::copyOf);
    inherits = List.copyOf(inherits);
  }

  SubHelmfile at(String file) {
    return new SubHelmfile(file, place, values, selectors, selectorsInherited, inherits);
  }

  /** Reads an entry, which may be a path alone. */
  static Type<SubHelmfile> type() {
    return (node, problems) ->
        node instanceof Mapping
            ? Fields.of(node, problems).flatMap(SubHelmfile::read)
            : alone().read(node, problems);
  }

  private static Type<SubHelmfile> alone() {
    return (node, problems) ->
        Types.literal()
            .read(node, problems)
            .map(
                path ->
                    new SubHelmfile(
                        path, node.place(), List.of(), Optional.empty(), false, List.of()));
  }

  private static Optional<SubHelmfile> read(Fields fields) {
    var path = fields.need("path", alone(), "the file, a folder or a pattern");
    List<Node> values = fields.get("values", Types.list(SubHelmfile::any), List.of());
    var selectors = fields.get("selectors", Types.list(Selector.type()));
    boolean inherited = fields.get("selectorsInherited", Types.goBool(), false);
    List<String> inherits =
        fields.get("inherits", Types.list(Types.literal().then(SubHelmfile::known)), List.of());
    if (inherited && selectors.filter(s -> !s.isEmpty()).isPresent()) {
      fields.problem("selectorsInherited", "selectorsInherited beside selectors", "say one");
    }
    return fields.make(
        () -> {
          SubHelmfile alone = path.orElseThrow();
          return new SubHelmfile(
              alone.path(), alone.place(), values, selectors, inherited, inherits);
        });
  }

  private static Optional<Node> any(Node node, Problems problems) {
    return Optional.of(node);
  }

  private static Optional<String> known(String key, Node node, Problems problems) {
    if (INHERITABLE.contains(key)) {
      return Optional.of(key);
    }
    String hint =
        Nearest.to(key, INHERITABLE)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("known: " + String.join(", ", INHERITABLE));
    problems.add(node.place(), "\"" + key + "\" cannot be inherited", hint);
    return Optional.empty();
  }
}
