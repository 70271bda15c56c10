package dev.hikkoshi.clusters.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.ValuesFile;
import dev.hikkoshi.environments.helmfile.RenderedLines;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a release's values stand: in the strongest layer that has them. */
final class ValuePlaces {

  private static final String DEFAULTS = "values.yaml";

  private final WantedRelease release;
  private final ChartRequest request;

  ValuePlaces(WantedRelease release, ChartRequest request) {
    this.release = release;
    this.request = request;
  }

  /**
   * The place of a value.
   *
   * @param pointer JSON pointer into all values
   * @return empty when it stands in no file that can be read here
   */
  Optional<Place> of(String pointer) {
    List<String> keys =
        Arrays.stream(pointer.split("/", -1))
            .skip(1)
            .map(key -> key.replace("~1", "/").replace("~0", "~"))
            .toList();
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Optional<Place> set = assigned(String.join(".", keys));
    if (set.isPresent()) {
      return set;
    }
    for (ValuesFile layer : request.values().files().reversed()) {
      switch (layer) {
        case ValuesFile.Text(String name, String yaml) -> {
          Optional<Place> found = in(name, yaml, keys).map(place -> written(place, yaml));
          if (found.isPresent()) {
            return found;
          }
        }
        case ValuesFile.Inline(_, var map) -> {
          if (!map.at(pointer).isMissingNode()) {
            return Optional.of(UserPlaces.defined(release));
          }
        }
        case ValuesFile.Encrypted _ -> {}
      }
    }
    return defaults(keys);
  }

  private Optional<Place> assigned(String name) {
    return release.values().stream()
        .flatMap(v -> v instanceof Values.Assign assign ? Stream.of(assign) : Stream.empty())
        .filter(assign -> assign.line() > 0)
        .filter(assign -> assign.name().replace("[", ".").replace("]", "").equals(name))
        .map(assign -> new Place(assign.path(), assign.line(), 1, 1))
        .reduce((_, later) -> later);
  }

  private static Optional<Place> in(String file, String yaml, List<String> keys) {
    Optional<Node> at = Yaml.one(file, yaml, 0, new Problems());
    for (String key : keys) {
      at = at.flatMap(node -> below(node, key));
    }
    return at.map(Node::place);
  }

  private static Optional<Node> below(Node node, String key) {
    return switch (node) {
      case Node.Mapping map -> map.at(key);
      case Node.Sequence list when key.matches("\\d{1,6}") ->
          list.items().stream().skip(Long.parseLong(key)).findFirst();
      case Node.Sequence _, Node.Scalar _ -> Optional.empty();
    };
  }

  /** A line of what a template became, in the template. */
  private Place written(Place place, String rendered) {
    return release.values().stream()
        .flatMap(v -> v instanceof Values.Template t ? Stream.of(t) : Stream.empty())
        .filter(template -> template.path().equals(place.file()))
        .findFirst()
        .map(
            template ->
                RenderedLines.written(
                    new String(template.content(), UTF_8), rendered, place.line()))
        .map(line -> new Place(place.file(), line, 1, 1))
        .orElse(place);
  }

  private Optional<Place> defaults(List<String> keys) {
    if (!(release.chart() instanceof ChartSource.Folder folder)
        || !folder.files().containsKey(DEFAULTS)) {
      return Optional.empty();
    }
    String path = folder.path().isEmpty() ? DEFAULTS : folder.path() + "/" + DEFAULTS;
    return in(path, new String(folder.files().get(DEFAULTS), UTF_8), keys);
  }
}
