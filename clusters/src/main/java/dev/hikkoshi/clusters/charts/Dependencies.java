package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.charts.ChartException.Reason;
import dev.hikkoshi.clusters.render.ChartFiles;
import dev.hikkoshi.clusters.render.MissingDependency;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.ChartSource.Access;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes a chart of the repository with the charts that its Chart.yaml names and that are not in
 * its {@code charts/} folder, as {@code helm dependency build} does.
 */
public final class Dependencies {

  private final RemoteCharts charts;
  private final Supplier<RenderPool> pool;

  /** Dependencies that come from somewhere. */
  public Dependencies(RemoteCharts charts, Supplier<RenderPool> pool) {
    this.charts = charts;
    this.pool = pool;
  }

  /**
   * The chart's files with what was missing.
   *
   * @throws ChartException when one of them cannot be had
   */
  public SortedMap<String, byte[]> complete(ChartSource.Folder source) {
    SortedMap<String, byte[]> chart = source.files();
    if (none(chart)) {
      return chart;
    }
    SortedMap<String, byte[]> complete = new TreeMap<>(chart);
    for (MissingDependency missing : pool.get().missing(new ChartFiles.Folder(chart))) {
      RemoteChart found = fetch(missing, source.repositories());
      found
          .files()
          .forEach((path, bytes) -> complete.put("charts/" + missing.name() + "/" + path, bytes));
    }
    return complete;
  }

  /** Most charts name no other; a worker need not be asked for them, and nothing is fetched. */
  public static boolean none(SortedMap<String, byte[]> chart) {
    byte[] definition = chart.get("Chart.yaml");
    return definition == null
        || !new String(definition, StandardCharsets.UTF_8).contains("dependencies");
  }

  private RemoteChart fetch(
      MissingDependency missing, SortedMap<String, ChartSource.Address> repositories) {
    String url = missing.repository();
    Optional<String> version = Optional.of(missing.version()).filter(v -> !v.isEmpty());
    ChartSource.@Nullable Address known = repositories.get(url);
    if (known != null) {
      return charts.get(
          new ChartSource.Repository(known.url(), missing.name(), version, false, known.access()));
    }
    if (url.startsWith("oci://")) {
      String reference = url.replaceAll("/+$", "") + "/" + missing.name();
      return charts.get(
          new ChartSource.Registry(
              reference, version, Optional.empty(), false, false, Access.OPEN));
    }
    if (url.startsWith("https://") || url.startsWith("http://")) {
      return charts.get(
          new ChartSource.Repository(url, missing.name(), version, false, Access.OPEN));
    }
    throw new ChartException(
        Reason.WRONG,
        "the dependency %s of \"%s\" is not taken along: put the chart into charts/, or write the address of its repository"
            .formatted(missing.name(), url));
  }
}
