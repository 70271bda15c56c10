package dev.hikkoshi.cli.apps;

import dev.hikkoshi.clusters.charts.RemoteChart;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.environments.port.ChartSource;
import java.util.concurrent.atomic.AtomicBoolean;

/** Charts from elsewhere, and whether one was asked for: another day it may be another. */
record NoticedCharts(RemoteCharts charts, AtomicBoolean asked) implements RemoteCharts {

  @Override
  public RemoteChart get(ChartSource.Repository source) {
    asked.set(true);
    return charts.get(source);
  }

  @Override
  public RemoteChart get(ChartSource.Registry source) {
    asked.set(true);
    return charts.get(source);
  }
}
