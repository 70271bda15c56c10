package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Loads charts out of the repository; a chart of two releases is loaded once. */
final class Charts {

  private static final String CHART_YAML = "Chart.yaml";
  private static final int MOST_FILES = 2_000;
  private static final int MOST_BYTES = 10 << 20;

  private final SourceFiles files;
  private final Problems problems;
  private final Map<String, Optional<ChartSource.Folder>> loaded = new HashMap<>();

  Charts(SourceFiles files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /** Whether a folder of the repository, by its path from the root, is a chart. */
  boolean isChart(String folder, Place place) {
    return loaded.containsKey(folder) || files.find(file(folder, CHART_YAML), place).isPresent();
  }

  /**
   * A chart with the charts beside it that it depends on ({@code file://}), as {@code helm
   * dependency build} puts them into its folder. Empty exactly when a problem was added.
   */
  Optional<ChartSource.Folder> load(String folder, Place place) {
    Optional<ChartSource.Folder> known = loaded.get(folder);
    if (known == null) {
      known =
          whole(folder, place, List.of()).map(content -> new ChartSource.Folder(folder, content));
      loaded.put(folder, known);
    }
    return known;
  }

  private Optional<SortedMap<String, byte[]>> whole(
      String folder, Place place, List<String> parents) {
    if (parents.contains(folder)) {
      problems.add(place, "charts depend on each other in a circle: " + parents + " → " + folder);
      return Optional.empty();
    }
    Optional<SortedMap<String, byte[]>> own = folder(folder, place);
    if (own.isEmpty()) {
      return own;
    }
    SortedMap<String, byte[]> chart = own.get();
    List<String> deeper = new ArrayList<>(parents);
    deeper.add(folder);
    for (ChartDependency dependency : ChartDependency.missing(chart, file(folder, CHART_YAML))) {
      if (dependency.folder().isEmpty()) {
        continue;
      }
      Optional<SortedMap<String, byte[]>> inner = beside(folder, dependency, place, deeper);
      if (inner.isEmpty()) {
        return inner;
      }
      inner.get().forEach((p, c) -> chart.put("charts/" + dependency.name() + "/" + p, c));
    }
    return bounded(chart, place);
  }

  /**
   * A dependency's chart; a folder outside of the snapshot, or of a wrong version, is a problem.
   */
  private Optional<SortedMap<String, byte[]>> beside(
      String folder, ChartDependency dependency, Place place, List<String> parents) {
    String named = dependency.folder().orElseThrow();
    Optional<String> beside = SourceFiles.resolve(folder, named);
    if (beside.isEmpty()) {
      problems.add(place, "%s depends on %s outside".formatted(folder, named));
      return Optional.empty();
    }
    Optional<SortedMap<String, byte[]>> chart = whole(beside.get(), place, parents);
    String version =
        chart.map(c -> ChartDependency.versionOf(c, file(beside.get(), CHART_YAML))).orElse("");
    if (chart.isPresent() && !version.isEmpty() && !dependency.takes(version)) {
      problems.add(
          place,
          "%s depends on %s %s, and %s is %s"
              .formatted(folder, dependency.name(), dependency.version(), beside.get(), version));
      return Optional.empty();
    }
    return chart;
  }

  private Optional<SortedMap<String, byte[]>> bounded(
      SortedMap<String, byte[]> chart, Place place) {
    long bytes = chart.values().stream().mapToLong(c -> c.length).sum();
    if (chart.size() > MOST_FILES) {
      problems.add(place, "a chart of " + chart.size() + " files", "at most " + MOST_FILES);
      return Optional.empty();
    }
    if (bytes > MOST_BYTES) {
      problems.add(place, "a chart of more than " + MOST_BYTES + " bytes");
      return Optional.empty();
    }
    return Optional.of(chart);
  }

  private static String file(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private Optional<SortedMap<String, byte[]>> folder(String folder, Place place) {
    Optional<List<String>> paths = files.below(folder, place);
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    if (!paths.get().contains(file(folder, CHART_YAML))) {
      problems.add(
          place,
          "there is no chart in " + (folder.isEmpty() ? "the root" : folder),
          "expected a folder with Chart.yaml");
      return Optional.empty();
    }
    if (paths.get().size() > MOST_FILES) {
      problems.add(place, "a chart of " + paths.get().size() + " files", "at most " + MOST_FILES);
      return Optional.empty();
    }
    return contents(paths.get(), folder.isEmpty() ? "" : folder + "/", place);
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
