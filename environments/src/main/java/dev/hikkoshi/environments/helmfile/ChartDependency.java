package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chart that another one names in its {@code Chart.yaml}. Texts are empty when nothing is said.
 *
 * @param version a range
 * @param repository an address, {@code file://} and a folder, or {@code @} and a repository's name
 */
record ChartDependency(String name, String version, String repository) {

  private static final String SCHEME = "file://";
  private static final String CHART_YAML = "Chart.yaml";

  /**
   * Those of a chart that do not lie in its own {@code charts} folder yet. A {@code Chart.yaml}
   * that cannot be read has none: Helm tells what is wrong with it.
   */
  static List<ChartDependency> missing(Map<String, byte[]> chart, String path) {
    byte[] content = chart.getOrDefault(CHART_YAML, new byte[0]);
    // Most charts have none, and reading each anew for every release takes its time.
    if (!new String(content, StandardCharsets.UTF_8).contains("dependencies")) {
      return List.of();
    }
    List<ChartDependency> found = new ArrayList<>();
    if (definition(chart, path).flatMap(map -> map.at("dependencies")).orElse(null)
        instanceof Sequence list) {
      list.items().forEach(item -> of(item).ifPresent(found::add));
    }
    found.removeIf(dependency -> chart.keySet().stream().anyMatch(dependency::isIn));
    return found;
  }

  /** The version that a chart says of itself; empty when it says none that can be read. */
  static String versionOf(Map<String, byte[]> chart, String path) {
    return definition(chart, path).map(map -> text(map, "version")).orElse("");
  }

  private static Optional<Mapping> definition(Map<String, byte[]> chart, String path) {
    return Yaml.one(path, chart.getOrDefault(CHART_YAML, new byte[0]), new Problems())
        .flatMap(node -> node instanceof Mapping map ? Optional.of(map) : Optional.empty());
  }

  private static Optional<ChartDependency> of(Node item) {
    return item instanceof Mapping map && !text(map, "name").isEmpty()
        ? Optional.of(
            new ChartDependency(text(map, "name"), text(map, "version"), text(map, "repository")))
        : Optional.empty();
  }

  private static String text(Mapping map, String key) {
    return map.at(key).orElse(null) instanceof Scalar scalar ? scalar.text() : "";
  }

  /** Whether a file of the chart belongs to it: unpacked, or the archive that Helm makes. */
  private boolean isIn(String file) {
    String archive = "charts/" + name + "-";
    return file.startsWith("charts/" + name + "/")
        || (file.startsWith(archive)
            && file.endsWith(".tgz")
            && file.length() > archive.length()
            && Character.isDigit(file.charAt(archive.length())));
  }

  /** Its folder, relative to that of the chart that needs it. */
  Optional<String> folder() {
    return repository.startsWith(SCHEME)
        ? Optional.of(repository.substring(SCHEME.length()))
        : Optional.empty();
  }

  /** The name of a repository that stands instead of an address. */
  Optional<String> alias() {
    return Stream.of("@", "alias:")
        .filter(repository::startsWith)
        .map(form -> repository.substring(form.length()))
        .findFirst();
  }

  /** Whether a chart of this version will do. What Helm alone understands it judges alone. */
  boolean takes(String other) {
    return version.isEmpty()
        || VersionRange.of(version).map(range -> range.has(other)).orElse(true);
  }
}
