package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a helmfile between lines of three dashes, joined to one map. helmfile merges parts
 * that say the same key; here that is refused, so that no rule of merging has to be guessed.
 */
final class HelmfileParts {

  private static final String SEPARATOR = "\n---\n";

  private final String file;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Integer> partOf = new LinkedHashMap<>();

  private HelmfileParts(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Empty exactly when a problem was added. */
  static Optional<Mapping> read(String file, byte[] content, Problems problems) {
    int before = problems.count();
    Optional<String> text = Yaml.text(file, content, problems).map(t -> t.replace("\r\n", "\n"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    HelmfileParts parts = new HelmfileParts(file, problems);
    int line = 0;
    int number = 0;
    // helmfile splits at exactly these bytes; a separator with a blank or a comment behind it makes
    // two documents of one part, which is refused below.
    for (String part : split(text.get())) {
      parts.part(part, line, number++);
      line += (int) part.chars().filter(c -> c == '\n').count() + 2;
    }
    parts.order();
    if (parts.entries.isEmpty() && problems.count() == before) {
      problems.add(Place.of(file), "is empty");
    }
    return problems.count() == before
        ? Optional.of(new Mapping(List.copyOf(parts.entries.values()), new Place(file, 1, 1, 1)))
        : Optional.empty();
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, from)) {
      parts.add(text.substring(from, at));
      // The last line break of one separator may be the first of the next.
      from = at + SEPARATOR.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private void part(String text, int linesBefore, int number) {
    List<Node> documents = Yaml.documents(file, text, linesBefore, problems);
    if (documents.size() > 1) {
      problems.add(
          documents.get(1).place(),
          "not yet: two documents in one part",
          "a line between parts is exactly ---");
    }
    for (Node document : documents) {
      if (!(document instanceof Mapping map)) {
        problems.add(document.place(), "expected a map, found " + document.kind());
        continue;
      }
      for (Entry entry : map.entries()) {
        String key = entry.key().text();
        if (entries.putIfAbsent(key, entry) != null) {
          problems.add(entry.key().place(), "not yet: " + key + " in two parts");
        }
        partOf.putIfAbsent(key, number);
      }
    }
  }

  /** helmfile's own rule on where environments may stand; it refuses the file otherwise. */
  private void order() {
    Entry releases = entries.get("releases");
    Integer environmentsIn = partOf.get("environments");
    Integer releasesIn = partOf.get("releases");
    if (releases == null || environmentsIn == null || releasesIn == null) {
      return;
    }
    if (environmentsIn >= releasesIn) {
      problems.add(
          releases.key().place(),
          environmentsIn.equals(releasesIn)
              ? "releases in the same part as environments"
              : "releases before environments",
          "helmfile wants a line --- after environments");
    }
  }
}
