package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Loads charts out of the repository; a chart of two releases is loaded once. */
final class Charts {

  private static final int MOST_FILES = 2_000;
  private static final int MOST_BYTES = 10 << 20;
  private static final Pattern REMOTE = Pattern.compile("[a-z0-9+]+::?//.*|[a-z0-9]+::.*");

  private final SourceFiles files;
  private final Problems problems;
  private final Map<String, Optional<SortedMap<String, byte[]>>> loaded = new HashMap<>();

  Charts(SourceFiles files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /** A chart's files by path below its folder; empty exactly when a problem was added. */
  Optional<SortedMap<String, byte[]>> load(String base, String chart, Place place) {
    if (REMOTE.matcher(chart).matches() || chart.endsWith(".tgz")) {
      problems.add(
          place, "not yet: charts from outside the repository", "a folder with Chart.yaml");
      return Optional.empty();
    }
    Optional<String> folder = SourceFiles.resolve(base, chart);
    if (folder.isEmpty()) {
      problems.add(place, "\"" + chart + "\" leads out of the repository");
      return Optional.empty();
    }
    Optional<SortedMap<String, byte[]>> known = loaded.get(folder.get());
    if (known == null) {
      known = folder(folder.get(), place);
      loaded.put(folder.get(), known);
    }
    return known;
  }

  private Optional<SortedMap<String, byte[]>> folder(String folder, Place place) {
    Optional<List<String>> paths = files.below(folder, place);
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    String root = folder.isEmpty() ? "" : folder + "/";
    if (!paths.get().contains(root + "Chart.yaml")) {
      problems.add(
          place,
          "there is no chart in " + (folder.isEmpty() ? "the root" : folder),
          "expected a folder with Chart.yaml; charts of chart repositories come later");
      return Optional.empty();
    }
    if (paths.get().size() > MOST_FILES) {
      problems.add(place, "a chart of " + paths.get().size() + " files", "at most " + MOST_FILES);
      return Optional.empty();
    }
    return contents(paths.get(), root, place);
  }

  private Optional<SortedMap<String, byte[]>> contents(
      List<String> paths, String root, Place place) {
    int before = problems.count();
    long bytes = 0;
    SortedMap<String, byte[]> chart = new TreeMap<>();
    for (String path : paths) {
      Optional<byte[]> content = files.need(path, place);
      content.ifPresent(c -> chart.put(path.substring(root.length()), c));
      bytes += content.map(c -> c.length).orElse(0);
      if (bytes > MOST_BYTES) {
        problems.add(place, "a chart of more than " + MOST_BYTES + " bytes");
        return Optional.empty();
      }
    }
    return problems.count() == before ? Optional.of(chart) : Optional.empty();
  }
}
