package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The top-level fields of one state that releases depend on.
 *
 * @param context overrides that of every release; empty when not said
 * @param namespace overrides that of every release; empty when not said
 * @param chart overrides that of every release; empty when not said
 * @param templates each by its name, not yet looked at
 */
record StateFile(
    SettingsSpec defaults,
    Repositories repositories,
    Map<String, Said> commonLabels,
    Mapping templates,
    List<Said> defaultInherit,
    List<Said> apiVersions,
    Said kubeVersion,
    Said lockFilePath,
    MissingFile missingFile,
    Said context,
    Said namespace,
    Said chart,
    List<Mapping> releases) {

  private static final Type<Mapping> MAPS =
      (node, problems) -> {
        if (node instanceof Mapping map) {
          return Optional.of(map);
        }
        problems.add(node.place(), "expected a map, found " + node.kind());
        return Optional.empty();
      };

  /** Reads them strictly; what has a problem is as if it was not said, so that the rest is read. */
  static StateFile read(Mapping top, Problems problems) {
    return read(Fields.of(Zero.dropped(top), problems).orElseThrow());
  }

  private static StateFile read(Fields fields) {
    StateFile state =
        new StateFile(
            fields.get("helmDefaults", StateFile::defaults, SettingsSpec.NONE),
            fields.get("repositories", Repositories::read, Repositories.none()),
            fields.get("commonLabels", Types.map(Types.literal(), Said.type()), Map.of()),
            fields.get("templates", MAPS, new Mapping(List.of(), fields.place())),
            fields.get("defaultInherit", StateFile::names, List.of()),
            fields.get("apiVersions", Types.list(Said.type()), List.of()),
            text(fields, "kubeVersion"),
            text(fields, "lockFilePath"),
            fields.get("missingFileHandler", MissingFile.type(), MissingFile.ERROR),
            text(fields, "kubeContext"),
            text(fields, "namespace"),
            text(fields, "chart"),
            fields.get("releases", Types.list(MAPS), List.of()));
    fields.ignore(List.of("missingFileHandlerConfig"));
    Refused.TOP.apply(fields);
    fields.make(() -> state);
    return state;
  }

  private static Optional<SettingsSpec> defaults(Node node, Problems problems) {
    return node instanceof Mapping map
        ? Fields.of(Zero.dropped(map), problems).flatMap(SettingsSpec::defaults)
        : Fields.of(node, problems).flatMap(SettingsSpec::defaults);
  }

  /** A list, or one name alone. */
  private static Optional<List<Said>> names(Node node, Problems problems) {
    return node instanceof Scalar
        ? Said.type().read(node, problems).map(List::of)
        : Types.list(Said.type()).read(node, problems);
  }

  private static Said text(Fields fields, String key) {
    return fields.get(key, Said.type(), new Said("", fields.place(key)));
  }

  /** The labels of a release and those of all, which win. */
  Map<String, Said> labels(ReleaseSpec spec) {
    Map<String, Said> labels = new LinkedHashMap<>(spec.labels());
    labels.putAll(commonLabels);
    return labels;
  }
}
