package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
import java.util.List;

/** The top-level fields of a state file, of which helmfile v1 takes no others. */
final class StateFields {

  private static final List<String> KNOWN =
      List.of(
          "bases",
          "environments",
          "values",
          "helmfiles",
          "releases",
          "repositories",
          "helmDefaults",
          "commonLabels",
          "templates",
          "defaultInherit",
          "missingFileHandler",
          "missingFileHandlerConfig",
          "lockFilePath",
          "apiVersions",
          "kubeVersion",
          "hooks",
          "namespace",
          "chart",
          "kubeContext",
          "helmBinary",
          "kustomizeBinary",
          "llm");

  private StateFields() {}

  /** The map without keys that say nothing or are unknown; each unknown one is a problem. */
  static Mapping checked(Mapping map, Problems problems) {
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      if (!KNOWN.contains(key)) {
        String hint =
            Nearest.to(key, KNOWN)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("known here: " + String.join(", ", KNOWN));
        problems.add(entry.key().place(), "unknown key \"" + key + "\"", hint);
      }
    }
    return new Mapping(
        map.entries().stream()
            .filter(entry -> KNOWN.contains(entry.key().text()) && !saysNothing(entry))
            .toList(),
        map.place());
  }

  private static boolean saysNothing(Entry entry) {
    return entry.value() instanceof Scalar scalar && Scalars.kind(scalar) == Scalars.Kind.NULL;
  }
}
