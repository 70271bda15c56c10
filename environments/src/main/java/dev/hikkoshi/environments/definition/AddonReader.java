package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code addons} of a cluster file. */
final class AddonReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final int LONGEST_CONFIGURATION = 64_000;

  private AddonReader() {}

  static Type<List<AddonSpec>> addons(Map<String, String> tags) {
    return Types.listBy(
        Fields.object(fields -> addon(fields, tags)), "the add-on", AddonSpec::name);
  }

  private static Optional<AddonSpec> addon(Fields fields, Map<String, String> ofCluster) {
    var name = fields.need("name", Types.text(NAME, "an add-on's name"), "for example coredns");
    var version =
        fields.get(
            "version",
            Types.text()
                .then(
                    (text, node, problems) -> {
                      if (!text.equals("latest")) {
                        return Optional.of(text);
                      }
                      problems.add(
                          node.place(),
                          "refused: latest",
                          "name a version, or leave it out for EKS's default");
                      return Optional.empty();
                    }));
    var configuration = fields.get("configurationValues", AddonReader::configuration);
    Map<String, String> words = new LinkedHashMap<>();
    List.of("none", "overwrite", "preserve")
        .forEach(word -> words.put(word, word.toUpperCase(java.util.Locale.ROOT)));
    var conflicts = fields.get("resolveConflicts", Types.oneOf(words));
    Map<String, String> own = fields.get("tags", Aws.tags(), Map.of());
    ClusterFields.refuse(fields, "addons[]");
    return fields.make(
        () -> {
          Map<String, String> tags = new HashMap<>(ofCluster);
          tags.putAll(own);
          String called = name.orElseThrow();
          return new AddonSpec(called, version, configuration, conflicts, tags);
        });
  }

  /** A block of text with line breaks, handed on as it is. */
  private static Optional<String> configuration(Node node, Problems problems) {
    if (node instanceof Scalar scalar && scalar.text().length() <= LONGEST_CONFIGURATION) {
      return Optional.of(scalar.text());
    }
    problems.add(node.place(), "expected JSON or YAML as text, found " + node.kind());
    return Optional.empty();
  }
}
