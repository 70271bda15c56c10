package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chart that another one names by its folder.
 *
 * @param path relative to the folder of the chart that needs it
 */
record ChartDependency(String name, String path) {

  private static final String SCHEME = "file://";

  /**
   * Those of a chart that do not lie in its own {@code charts} folder yet. A {@code Chart.yaml}
   * that cannot be read has none: Helm tells what is wrong with it.
   */
  static List<ChartDependency> beside(Map<String, byte[]> chart, String path) {
    byte[] content = chart.getOrDefault("Chart.yaml", new byte[0]);
    Optional<Node> root = Yaml.one(path, content, new Problems());
    List<ChartDependency> found = new ArrayList<>();
    if (root.orElse(null) instanceof Mapping map
        && map.at("dependencies").orElse(null) instanceof Sequence list) {
      list.items().forEach(item -> of(item).ifPresent(found::add));
    }
    found.removeIf(
        d -> chart.keySet().stream().anyMatch(p -> p.startsWith("charts/" + d.name() + "/")));
    return found;
  }

  private static Optional<ChartDependency> of(Node item) {
    if (item instanceof Mapping map
        && map.at("name").orElse(null) instanceof Scalar name
        && map.at("repository").orElse(null) instanceof Scalar repository
        && repository.text().startsWith(SCHEME)) {
      String path = repository.text().substring(SCHEME.length());
      return Optional.of(new ChartDependency(name.text(), path));
    }
    return Optional.empty();
  }
}
