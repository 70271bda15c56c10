package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** State values: the helmfile's own and those of one environment. */
final class EnvironmentValues {

  private static final Map<String, String> NOT_YET =
      Map.of(
          "secrets", "encrypted values",
          "mergeStrategy", "entries are laid over each other, the later wins",
          "missingFileHandler", "a file that is missing is an error",
          "missingFileHandlerConfig", "a file that is missing is an error");

  private final SourceFiles files;
  private final String base;

  EnvironmentValues(SourceFiles files, String base) {
    this.files = files;
    this.base = base;
  }

  /** Every environment is read for its problems; only the wanted one's files are opened. */
  Type<Map<String, Map<String, Object>>> environments(String wanted) {
    return (node, problems) -> {
      if (!(node instanceof Mapping map)) {
        problems.add(node.place(), "expected a map, found " + node.kind());
        return Optional.empty();
      }
      int before = problems.count();
      Map<String, Map<String, Object>> all = new HashMap<>();
      for (Node.Entry entry : map.entries()) {
        String name = entry.key().text();
        boolean opened = name.equals(wanted);
        boolean nothing = entry.value() instanceof Scalar s && s.plain() && s.text().isEmpty();
        Optional<Map<String, Object>> values =
            nothing
                ? Optional.of(Map.of())
                : Fields.of(entry.value(), problems).flatMap(f -> environment(f, opened));
        values.ifPresent(v -> all.put(name, v));
      }
      return problems.count() == before ? Optional.of(all) : Optional.empty();
    };
  }

  private Optional<Map<String, Object>> environment(Fields fields, boolean opened) {
    Map<String, Object> values = fields.get("values", list(opened), Map.of());
    fields.notYet(NOT_YET);
    fields.refuse("kubeContext", "Hikkoshi chooses the cluster");
    return fields.make(() -> values);
  }

  /** A list of files and inline maps, the later over the earlier. */
  Type<Map<String, Object>> list(boolean opened) {
    return (node, problems) ->
        Types.list(entry(opened))
            .read(node, problems)
            .map(List::stream)
            .map(maps -> maps.reduce(Map.of(), StateValues::override));
  }

  private Type<Map<String, Object>> entry(boolean opened) {
    return (node, problems) ->
        node instanceof Mapping
            ? PlainValues.map().read(node, problems)
            : Types.literal()
                .read(node, problems)
                .flatMap(path -> opened ? file(path, node, problems) : Optional.of(Map.of()));
  }

  private Optional<Map<String, Object>> file(String path, Node node, Problems problems) {
    if (path.endsWith(".gotmpl") || path.endsWith(".hcl")) {
      problems.add(node.place(), "not yet: templates of state values", "a plain YAML file");
      return Optional.empty();
    }
    if (path.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0)) {
      problems.add(node.place(), "not yet: patterns of file names", "name each file");
      return Optional.empty();
    }
    Optional<String> resolved = SourceFiles.resolve(base, path);
    if (resolved.isEmpty()) {
      problems.add(node.place(), "\"" + path + "\" leads out of the repository");
      return Optional.empty();
    }
    String file = resolved.get();
    problems.showNothingOf(file);
    return files
        .need(file, node.place())
        .flatMap(content -> Yaml.text(file, content, problems))
        .flatMap(text -> values(file, text, problems));
  }

  private static Optional<Map<String, Object>> values(String file, String text, Problems problems) {
    int before = problems.count();
    List<Node> documents = Yaml.documents(file, text, 0, problems);
    if (documents.isEmpty()) {
      return problems.count() == before ? Optional.of(Map.of()) : Optional.empty();
    }
    if (documents.size() > 1) {
      problems.addUnshown(documents.get(1).place(), "a second document", "one is read");
      return Optional.empty();
    }
    return PlainValues.map().read(documents.getFirst(), problems);
  }
}
