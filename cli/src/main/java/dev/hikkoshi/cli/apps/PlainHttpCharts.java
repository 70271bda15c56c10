package dev.hikkoshi.cli.apps;

import dev.hikkoshi.clusters.charts.RemoteChart;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.environments.port.ChartSource;

/** Asks registries without TLS, as the user said. */
record PlainHttpCharts(RemoteCharts charts) implements RemoteCharts {

  @Override
  public RemoteChart get(ChartSource.Repository source) {
    return charts.get(source);
  }

  @Override
  public RemoteChart get(ChartSource.Registry source) {
    return charts.get(
        new ChartSource.Registry(
            source.reference(),
            source.version(),
            source.digest(),
            source.devel(),
            true,
            source.access()));
  }
}
