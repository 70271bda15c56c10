package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.environments.port.ChartSource;

/** Where charts that are not in the repository come from. */
public interface RemoteCharts {

  /** Nothing is fetched. */
  RemoteCharts NONE =
      new RemoteCharts() {
        @Override
        public RemoteChart get(ChartSource.Repository source) {
          throw notFetched(source);
        }

        @Override
        public RemoteChart get(ChartSource.Registry source) {
          throw notFetched(source);
        }
      };

  /**
   * A chart of an HTTP repository.
   *
   * @throws ChartException when it cannot be had
   */
  RemoteChart get(ChartSource.Repository source);

  /**
   * A chart of an OCI registry.
   *
   * @throws ChartException when it cannot be had
   */
  RemoteChart get(ChartSource.Registry source);

  private static ChartException notFetched(ChartSource source) {
    return new ChartException(
        ChartException.Reason.UNREACHABLE, "charts are not fetched here: " + source);
  }
}
