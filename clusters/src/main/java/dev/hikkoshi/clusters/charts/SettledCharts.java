package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Settles ranges of chart versions when a commit is read: the commit gets one exact version of each
 * for as long as it stands, and what it came to counts into its digests. So "ready" and verdicts
 * are about one chart, and a newer one comes with a commit, as any change.
 *
 * <p>A chart is waited for only where it was never seen. After that what is known is taken at once
 * and asked again beside it, so that no chart server can hold up a revert. One that does not answer
 * leaves the range as it is.
 *
 * <p>In memory only: after a restart a standing commit is read anew and may get a newer chart, and
 * with it another digest.
 *
 * <p>For use by many threads.
 */
public final class SettledCharts {

  private final RemoteCharts charts;
  private final Executor beside;
  private final Map<String, Settled> known = new ConcurrentHashMap<>();

  /** What a range came to. */
  private record Settled(ChartSource source, String digest) {}

  /**
   * Asks a store.
   *
   * @param beside runs what nobody waits for
   */
  public SettledCharts(RemoteCharts charts, Executor beside) {
    this.charts = charts;
    this.beside = beside;
  }

  /** What was read, with every range settled that could be. */
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
    SortedMap<ReleaseId, ChartSource> sources = new TreeMap<>();
    StringBuilder digests = new StringBuilder();
    for (WantedRelease release : definition.apps().releases()) {
      Optional<Settled> settled =
          ChartStore.isExact(release.chart()) ? Optional.empty() : settled(release.chart());
      settled.ifPresent(
          s -> {
            sources.put(release.id(), s.source());
            digests.append("%s %s %s%n".formatted(release.id(), s.source(), s.digest()));
          });
    }
    if (sources.isEmpty()) {
      return definition;
    }
    DesiredApps apps = definition.apps().settled(sources, digest(definition.appDigest(), digests));
    return definition.with(apps, digest(definition.digest(), digests));
  }

  private static String digest(String before, StringBuilder more) {
    return ArchiveCache.digest((before + "\n" + more).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Settled> settled(ChartSource range) {
    String name = name(range);
    Optional<Settled> before = Optional.ofNullable(known.get(name));
    if (before.isPresent()) {
      beside.execute(() -> asked(range).ifPresent(now -> known.put(name, now)));
      return before;
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

  private Optional<Settled> asked(ChartSource range) {
    try {
      return switch (range) {
        case ChartSource.Folder _ -> Optional.empty();
        case ChartSource.Repository r -> {
          RemoteChart chart = charts.get(r);
          Optional<String> version = Optional.of(chart.version());
          yield Optional.of(
              new Settled(
                  new ChartSource.Repository(r.url(), r.chart(), version, r.devel(), r.access()),
                  chart.digest()));
        }
        case ChartSource.Registry r -> {
          RemoteChart chart = charts.get(r);
          Optional<String> version = Optional.of(chart.version());
          yield Optional.of(
              new Settled(
                  new ChartSource.Registry(
                      r.reference(), version, r.digest(), r.devel(), r.plainHttp(), r.access()),
                  chart.digest()));
        }
      };
    } catch (ChartException | RenderException _) {
      // Rendering will meet the same and say so for the release.
      return Optional.empty();
    }
  }
}
