package dev.hikkoshi.clusters.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders charts, those that were rendered before from a store. */
public final class ChartRenders {

  private final RenderPool pool;
  private final @Nullable RenderStore store;
  private final String worker;

  /**
   * Renders with a store.
   *
   * @param store empty where nothing is kept
   */
  public ChartRenders(RenderPool pool, Optional<RenderStore> store) {
    this.pool = pool;
    this.store = store.orElse(null);
    this.worker = identity(pool.worker());
  }

  /**
   * Renders a chart.
   *
   * @param lookup null where templates ask no cluster. A chart that asked is never kept
   * @throws RenderException when it gave nothing
   */
  public RenderedChart chart(ChartRequest request, @Nullable LiveLookup lookup) {
    if (store == null || request.values().secret() || pool.opened()) {
      return pool.chart(request, lookup);
    }
    // With a cluster a chart that asks renders differently, so the two are kept apart.
    String key = RenderStore.key(request, worker + (lookup == null ? " alone" : " live"));
    Optional<RenderedChart> known = store.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    RenderedChart chart = pool.chart(request, lookup);
    if (RenderStore.fit(request, chart)) {
      store.keep(key, chart);
    }
    return chart;
  }

  /**
   * A chart as {@code helm template} prints it: rendered once, without a cluster.
   *
   * @param crds whether the CRDs of the chart are part of it
   */
  public String text(ChartRequest request, boolean crds) {
    if (store == null || request.values().secret() || pool.opened()) {
      return pool.manifest(request, crds).text();
    }
    String key =
        RenderStore.key(request, worker + (crds ? " plain text with crds" : " plain text"));
    Optional<String> known = store.findText(key);
    if (known.isPresent()) {
      return known.get();
    }
    RenderPool.Manifest manifest = pool.manifest(request, crds);
    if (manifest.stable()) {
      store.keepText(key, manifest.text());
    }
    return manifest.text();
  }

  /** Another worker may render differently: the toolbox names its folder by content. */
  private static String identity(Path worker) {
    try {
      return worker + " " + Files.size(worker) + " " + Files.getLastModifiedTime(worker);
    } catch (IOException _) {
      return worker.toString();
    }
  }
}
