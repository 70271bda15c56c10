package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of a {@code valuesTemplate} after rendering. */
public final class InlineTemplate {

  private InlineTemplate() {}

  /**
   * The values that a rendered text holds, as helmfile decodes them.
   *
   * @param path what problems call it
   * @return empty exactly when a problem was added; its lines are those of the rendered text and
   *     are never shown, because they may hold a secret
   */
  public static Optional<Map<String, Object>> values(String path, String text, Problems problems) {
    problems.showNothingOf(path);
    int before = problems.count();
    List<Node> documents = Yaml.documents(path, text, 0, problems);
    if (problems.count() > before) {
      return Optional.empty();
    }
    if (documents.isEmpty()) {
      return Optional.of(Map.of());
    }
    if (documents.size() > 1) {
      problems.addUnshown(Place.of(path), "valuesTemplate renders to two documents", "one is read");
      return Optional.empty();
    }
    return PlainValues.map().read(documents.getFirst(), problems);
  }
}
