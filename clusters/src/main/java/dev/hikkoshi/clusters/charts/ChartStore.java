package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.charts.ChartException.Reason;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.UnpackedChart;
import dev.hikkoshi.environments.port.ChartSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Charts of HTTP repositories and OCI registries. An exact version is fetched once and kept by its
 * digest, on disk and in memory, both bounded; what a range comes to is asked again after a while.
 *
 * <p>For use by many threads; two that want the same chart fetch it once. A {@link RenderException}
 * says that no worker can unpack it at the moment.
 */
public final class ChartStore implements RemoteCharts {

  private static final long MOST_ON_DISK = 1L << 30;
  private static final long MOST_IN_MEMORY = 64L << 20;

  /** How long the newest version of a range is believed to be the newest. */
  private static final Duration RANGE = Duration.ofMinutes(10);

  private static final Pattern EXACT =
      Pattern.compile("v?\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

  private final HelmPull helm;
  private final ArchiveCache cache;
  private final Supplier<RenderPool> pool;
  private final InstantSource clock;
  private final Map<String, ReentrantLock> fetching = new ConcurrentHashMap<>();
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Kept(RemoteChart chart, Instant at, boolean exact) {}

  /**
   * A store.
   *
   * @param helm finds the command line; asked when something has to be fetched
   * @param folder for packed charts; may be shared by several processes
   * @param pool unpacks, because archives are foreign input
   */
  public ChartStore(
      Supplier<Path> helm,
      Path folder,
      Logins logins,
      Supplier<RenderPool> pool,
      InstantSource clock) {
    this.helm = new HelmPull(helm, folder.resolve("work"), logins);
    this.cache = new ArchiveCache(folder, MOST_ON_DISK, clock);
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public RemoteChart get(ChartSource.Repository source) {
    return get(source.toString() + source.devel(), isExact(source), () -> helm.fetch(source));
  }

  @Override
  public RemoteChart get(ChartSource.Registry source) {
    return get(source.toString() + source.devel(), isExact(source), () -> helm.fetch(source));
  }

  /** Whether a source is the same chart for ever, and no range of versions. */
  public static boolean isExact(ChartSource source) {
    return switch (source) {
      case ChartSource.Folder _ -> true;
      case ChartSource.Repository r -> isExact(r.version());
      case ChartSource.Registry r -> r.digest().isPresent() || isExact(r.version());
    };
  }

  private static boolean isExact(Optional<String> version) {
    return version.filter(v -> EXACT.matcher(v).matches()).isPresent();
  }

  private RemoteChart get(String name, boolean exact, Supplier<byte[]> fetch) {
    Optional<RemoteChart> known = known(name);
    if (known.isPresent()) {
      return known.get();
    }
    ReentrantLock alone = fetching.computeIfAbsent(name, _ -> new ReentrantLock());
    alone.lock();
    try {
      return known(name).orElseGet(() -> fetched(name, exact, fetch));
    } finally {
      alone.unlock();
      fetching.remove(name, alone);
    }
  }

  private RemoteChart fetched(String name, boolean exact, Supplier<byte[]> fetch) {
    Optional<byte[]> stored = exact ? cache.find(name) : Optional.empty();
    byte[] archive = stored.orElseGet(fetch);
    RemoteChart chart = unpacked(name, archive);
    if (exact && stored.isEmpty()) {
      cache.keep(name, archive);
    }
    remember(name, new Kept(chart, clock.instant(), exact));
    return chart;
  }

  private RemoteChart unpacked(String name, byte[] archive) {
    try {
      UnpackedChart chart = pool.get().unpack(archive);
      return new RemoteChart(chart.version(), ArchiveCache.digest(archive), chart.files());
    } catch (RenderException e) {
      if (e.kind() == RenderException.Kind.CHART || e.kind() == RenderException.Kind.TOO_LARGE) {
        throw new ChartException(Reason.WRONG, name + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private synchronized Optional<RemoteChart> known(String name) {
    return Optional.ofNullable(kept.get(name))
        .filter(k -> k.exact() || clock.instant().isBefore(k.at().plus(RANGE)))
        .map(Kept::chart);
  }

  private synchronized void remember(String name, Kept fresh) {
    kept.put(name, fresh);
    long all = kept.values().stream().mapToLong(k -> k.chart().bytes()).sum();
    var oldestFirst = kept.values().iterator();
    while (all > MOST_IN_MEMORY && oldestFirst.hasNext()) {
      all -= oldestFirst.next().chart().bytes();
      oldestFirst.remove();
    }
  }
}
