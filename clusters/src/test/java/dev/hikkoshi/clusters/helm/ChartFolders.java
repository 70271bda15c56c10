package dev.hikkoshi.clusters.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Charts on disk: our own, and public ones where {@code HIKKOSHI_TEST_CHARTS} names a folder. */
final class ChartFolders {

  private static final Path OWN = Path.of("src/test/charts");
  private static final String PUBLIC = "HIKKOSHI_TEST_CHARTS";

  private ChartFolders() {}

  /** A chart's folder and the file of values it is rendered with. */
  record Pair(Path chart, Path values) {

    @Override
    public String toString() {
      return chart.getFileName() + " " + chart.relativize(values);
    }
  }

  static Path own(String chart) {
    return OWN.resolve(chart);
  }

  /** The folder of public charts; empty where none is named. */
  static List<Path> published() throws IOException {
    String named = System.getenv(PUBLIC);
    return named != null && Files.isDirectory(Path.of(named)) ? charts(Path.of(named)) : List.of();
  }

  /** Each chart with its own values and with each of its {@code ci} files. */
  static List<Pair> pairs() throws IOException {
    List<Path> charts = new ArrayList<>(charts(OWN));
    charts.addAll(published());
    List<Pair> pairs = new ArrayList<>();
    for (Path chart : charts) {
      Path own = chart.resolve("values.yaml");
      if (Files.exists(own)) {
        pairs.add(new Pair(chart, own));
      }
      for (Path values : files(chart.resolve("ci"))) {
        pairs.add(new Pair(chart, values));
      }
    }
    return pairs;
  }

  static SortedMap<String, byte[]> read(Path chart) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (Path file : files(chart)) {
      files.put(chart.relativize(file).toString(), Files.readAllBytes(file));
    }
    return files;
  }

  private static List<Path> charts(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(chart -> Files.exists(chart.resolve("Chart.yaml"))).sorted().toList();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
