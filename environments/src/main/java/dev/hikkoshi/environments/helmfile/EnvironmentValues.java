package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.EnvironmentSpecs.Missing;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Secrets.Opened;
import dev.hikkoshi.environments.port.Secrets.Sealed;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Origin;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads lists of state values: files, templates, patterns of files, and inline maps. */
final class EnvironmentValues {

  private final SourceFiles files;
  private final Globs globs;
  private final Rendering rendering;
  private final Secrets secrets;
  private final Map<String, Object> facts;
  private final Problems problems;

  EnvironmentValues(
      SourceFiles files,
      Globs globs,
      Rendering rendering,
      Secrets secrets,
      Map<String, Object> facts,
      Problems problems) {
    this.files = files;
    this.globs = globs;
    this.rendering = rendering;
    this.secrets = secrets;
    this.facts = facts;
    this.problems = problems;
  }

  /**
   * One list and how to read it.
   *
   * @param fallback the earlier entry wins, and templates see the entries before theirs
   * @param folder what paths are relative to
   * @param seen what templates see
   */
  record Sources(List<Node> entries, boolean fallback, Missing missing, String folder, Scope seen) {

    /** Entries of which the later wins, and each must be there. */
    static Sources plain(List<Node> entries, String folder, Scope seen) {
      return new Sources(entries, false, Missing.FAIL, folder, seen);
    }
  }

  /** The entries laid over each other; empty exactly when a problem was added. */
  Optional<Map<String, Object>> load(Sources sources) {
    int before = problems.count();
    Map<String, Object> all = Map.of();
    for (Node entry : sources.entries()) {
      switch (entry) {
        case Mapping _ -> {
          Optional<Map<String, Object>> values = PlainValues.map().read(entry, problems);
          all = laid(all, values.orElse(Map.of()), sources);
        }
        case Scalar path -> {
          for (String file : expanded(path, sources)) {
            Map<String, Object> below = shown(all, sources);
            Optional<Map<String, Object>> values = file(file, path.place(), below, sources);
            all = laid(below, values.orElse(Map.of()), sources);
          }
        }
        case Node.Sequence _ ->
            problems.add(entry.place(), "expected a path or a map, found " + entry.kind());
      }
    }
    return problems.count() == before ? Optional.of(all) : Optional.empty();
  }

  /**
   * Encrypted files laid over each other, the later wins; empty exactly when a problem was added.
   */
  Optional<Map<String, Object>> open(Sources sources) {
    int before = problems.count();
    Map<String, Object> all = Map.of();
    for (Node entry : sources.entries()) {
      if (entry instanceof Scalar path) {
        for (String file : expanded(path, sources)) {
          all = StateValues.override(all, opened(file, path.place()));
        }
      }
    }
    return problems.count() == before ? Optional.of(all) : Optional.empty();
  }

  private Map<String, Object> opened(String file, Place askedAt) {
    problems.showNothingOf(file);
    Optional<byte[]> content = files.need(file, askedAt);
    if (content.isEmpty()) {
      return Map.of();
    }
    return switch (secrets.open(file, content.get())) {
      case Opened(Map<String, Object> values) -> values;
      case Sealed(String message, int line) -> {
        Place place = line == 0 ? askedAt : new Place(file, line, 1, 1);
        problems.addUnshown(place, message, "a file that sops encrypted for age");
        yield Map.of();
      }
    };
  }

  /**
   * What the entries before a file come to. To show it to the file, helmfile lays the environment's
   * values over a copy whose inner maps are the entries' own: what both have inside of a map is
   * from then on as the environment has it.
   */
  private static Map<String, Object> shown(Map<String, Object> all, Sources sources) {
    if (!sources.fallback()) {
      return all;
    }
    Map<String, Object> shown = new LinkedHashMap<>(all);
    Map<String, Object> merged = sources.seen().merged();
    shown.replaceAll(
        (key, value) ->
            value instanceof Map<?, ?> && merged.get(key) instanceof Map<?, ?> over
                ? StateValues.override(Map.of(key, value), Map.of(key, over)).get(key)
                : value);
    return shown;
  }

  private static Map<String, Object> laid(
      Map<String, Object> all, Map<String, Object> next, Sources sources) {
    return sources.fallback() ? StateValues.layer(next, all) : StateValues.override(all, next);
  }

  private List<String> expanded(Scalar path, Sources sources) {
    Optional<List<String>> found = globs.expand(sources.folder(), path.text(), path.place());
    if (found.isPresent() && found.get().isEmpty() && sources.missing() == Missing.FAIL) {
      String expected = SourceFiles.resolve(sources.folder(), path.text()).orElse(path.text());
      problems.add(path.place(), "there is no file " + expected);
    }
    return found.orElse(List.of());
  }

  private Optional<Map<String, Object>> file(
      String file, Place askedAt, Map<String, Object> below, Sources sources) {
    if (file.endsWith(".hcl")) {
      problems.add(askedAt, "refused: values in HCL", "YAML, or a template of it");
      return Optional.empty();
    }
    problems.showNothingOf(file);
    Optional<String> text =
        files.need(file, askedAt).flatMap(content -> Yaml.text(file, content, problems));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Origin written = Origin.of(file, 0);
    if (!file.endsWith(".gotmpl")) {
      return values(written, text.get());
    }
    Scope seen = sources.seen();
    Map<String, Object> merged =
        sources.fallback() ? StateValues.override(below, seen.merged()) : seen.merged();
    return rendering
        .where(seen.sure())
        .render(text.get(), Place.of(file), SourceFiles.folderOf(file), seen.dot(merged, facts))
        .flatMap(result -> values(new RenderedLines(written, text.get(), result), result));
  }

  private Optional<Map<String, Object>> values(Origin origin, String text) {
    int before = problems.count();
    List<Node> documents = Yaml.documents(origin, text, problems);
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
