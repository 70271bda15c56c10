package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.charts.Settlements.Kept;
import dev.hikkoshi.clusters.charts.Settlements.Settled;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Settles ranges of chart versions when a commit is read: what a definition's ranges came to when
 * it was read first is kept, counts into its digests, and is what they are whenever it is read
 * again, after a restart or a revert too. So "ready" and verdicts are about one chart, and a newer
 * one comes with a commit that changes the definition, as any change.
 *
 * <p>A chart is waited for only where its range was never seen. After that a changed definition
 * takes what is known at once, and it is asked again beside it, so that no chart server can hold up
 * a commit. One that does not answer leaves the range as it is, and nothing is kept of it.
 *
 * <p>For use by many threads.
 */
public final class SettledCharts {

  private final RemoteCharts charts;
  private final Settlements kept;
  private final Executor beside;

  /** By range: what it came to when it was asked for last. */
  private final Map<String, Settled> known = new ConcurrentHashMap<>();

  /**
   * Asks a store.
   *
   * @param kept what definitions came to before
   * @param beside runs what nobody waits for
   */
  public SettledCharts(RemoteCharts charts, Settlements kept, Executor beside) {
    this.charts = charts;
    this.kept = kept;
    this.beside = beside;
  }

  /**
   * What was read, with every range settled that could be.
   *
   * @throws RuntimeException when it is not known what was kept: another chart could come out
   */
  public List<Reading> settled(List<Reading> readings) {
    return readings.stream().map(this::settled).toList();
  }

  private Reading settled(Reading reading) {
    return switch (reading) {
      case Reading.Good(Definition definition) -> new Reading.Good(settled(definition));
      case Reading.Bad bad -> bad;
    };
  }

  private Definition settled(Definition definition) {
    SortedMap<ReleaseId, ChartSource> ranges = new TreeMap<>();
    for (WantedRelease release : definition.apps().releases()) {
      if (!ChartStore.isExact(release.chart())) {
        ranges.put(release.id(), release.chart());
      }
    }
    if (ranges.isEmpty()) {
      return definition;
    }
    Map<String, Settled> now = now(definition, ranges.values());
    SortedMap<ReleaseId, ChartSource> sources = new TreeMap<>();
    StringBuilder digests = new StringBuilder();
    ranges.forEach(
        (id, range) -> {
          Settled settled = now.get(name(range));
          if (settled != null) {
            ChartSource source = exact(range, settled.version());
            sources.put(id, source);
            digests.append("%s %s %s%n".formatted(id, source, settled.digest()));
          }
        });
    if (sources.isEmpty()) {
      return definition;
    }
    DesiredApps apps = definition.apps().settled(sources, digest(definition.appDigest(), digests));
    return definition.with(apps, digest(definition.digest(), digests));
  }

  /** What is kept for the definition; what is not is settled now and kept. */
  private Map<String, Settled> now(Definition definition, Collection<ChartSource> ranges) {
    Kept before = kept.of(definition.name());
    Map<String, Settled> settled = new HashMap<>(before.definition(definition.digest()));
    Map<String, Settled> newest = before.newest();
    Map<String, Settled> fresh = new TreeMap<>();
    for (ChartSource range : ranges) {
      String name = name(range);
      if (!settled.containsKey(name) && !fresh.containsKey(name)) {
        settle(range, Optional.ofNullable(newest.get(name)))
            .ifPresent(came -> fresh.put(name, came));
      }
    }
    if (!fresh.isEmpty()) {
      settled.putAll(kept.keep(definition.name(), definition.digest(), fresh));
    }
    return settled;
  }

  private static String digest(String before, StringBuilder more) {
    return ArchiveCache.digest((before + "\n" + more).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Settled> settle(ChartSource range, Optional<Settled> before) {
    String name = name(range);
    Optional<Settled> last = Optional.ofNullable(known.get(name)).or(() -> before);
    if (last.isPresent()) {
      beside.execute(() -> asked(range).ifPresent(now -> known.put(name, now)));
      return last;
    }
    Optional<Settled> first = asked(range);
    first.ifPresent(now -> known.put(name, now));
    return first;
  }

  /** Whether pre-releases count is not in the text. */
  private static String name(ChartSource range) {
    return switch (range) {
      case ChartSource.Folder folder -> folder.toString();
      case ChartSource.Repository r -> r + (r.devel() ? " devel" : "");
      case ChartSource.Registry r -> r + (r.devel() ? " devel" : "");
    };
  }

  private static ChartSource exact(ChartSource range, String version) {
    Optional<String> exact = Optional.of(version);
    return switch (range) {
      case ChartSource.Folder folder -> folder;
      case ChartSource.Repository r ->
          new ChartSource.Repository(r.url(), r.chart(), exact, r.devel(), r.access());
      case ChartSource.Registry r ->
          new ChartSource.Registry(
              r.reference(), exact, r.digest(), r.devel(), r.plainHttp(), r.access());
    };
  }

  private Optional<Settled> asked(ChartSource range) {
    try {
      return switch (range) {
        case ChartSource.Folder _ -> Optional.empty();
        case ChartSource.Repository r -> Optional.of(settled(charts.get(r)));
        case ChartSource.Registry r -> Optional.of(settled(charts.get(r)));
      };
    } catch (ChartException | RenderException _) {
      // Rendering will meet the same and say so for the release.
      return Optional.empty();
    }
  }

  private static Settled settled(RemoteChart chart) {
    return new Settled(chart.version(), chart.digest());
  }
}
