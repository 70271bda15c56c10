package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.clusters.charts.ChartException;
import dev.hikkoshi.clusters.charts.ChartException.Reason;
import dev.hikkoshi.clusters.charts.ChartStore;
import dev.hikkoshi.clusters.charts.RemoteChart;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.clusters.charts.SettledCharts;
import dev.hikkoshi.clusters.charts.Settlements;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.view.PlanDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What ranges of chart versions come to when a plan is made: what the controller kept for the
 * definition or the range, else the newest that the chart server has now, as the controller would
 * settle it. Nothing is kept.
 */
public final class Ranges {

  /** A definition with exact charts where they are known, and what is to be told of them. */
  public record Planned(Definition definition, List<PlanDocument.Chart> charts) {

    public Planned {
      charts = List.copyOf(charts);
    }
  }

  private final Optional<SettledCharts> settled;
  private final Map<String, String> failures = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  private Ranges(Optional<RemoteCharts> charts, Settlements kept) {
    // Nobody waits for what is asked beside: the next plan asks again.
    this.settled = charts.map(store -> new SettledCharts(new Asking(store), kept, _ -> {}));
  }

  /** Nobody is asked. */
  public static Ranges offline() {
    return new Ranges(Optional.empty(), new Kept(Optional.empty(), _ -> {}));
  }

  /**
   * Chart servers are asked for what nobody settled yet.
   *
   * @param kept what the controller settled; empty without a management cluster
   * @param say told when that cannot be read
   */
  public static Ranges asking(Worker worker, Optional<Settlements> kept, Consumer<String> say) {
    return new Ranges(Optional.of(worker.chartsOfBuilt()), new Kept(kept, say));
  }

  /** The definition as the controller would follow it. */
  public Planned of(Definition definition) {
    Definition exact = settled(definition);
    Map<ReleaseId, ChartSource> now =
        exact.apps().releases().stream()
            .collect(Collectors.toMap(WantedRelease::id, WantedRelease::chart));
    List<PlanDocument.Chart> charts = new ArrayList<>();
    for (WantedRelease release : definition.apps().releases()) {
      if (!ChartStore.isExact(release.chart())) {
        charts.add(told(release, now.getOrDefault(release.id(), release.chart())));
      }
    }
    return new Planned(exact, charts);
  }

  /** The same for readings of another commit. */
  public List<Reading> settled(List<Reading> readings) {
    return settled.map(charts -> charts.settled(readings)).orElse(readings);
  }

  private Definition settled(Definition definition) {
    return settled(List.of(new Reading.Good(definition))).getFirst() instanceof Reading.Good good
        ? good.definition()
        : definition;
  }

  private PlanDocument.Chart told(WantedRelease release, ChartSource exact) {
    String range = release.chart().toString();
    Optional<String> version = exact.equals(release.chart()) ? Optional.empty() : version(exact);
    String why;
    if (settled.isEmpty()) {
      why = "--offline asks nobody; the controller asks when it reads the commit";
    } else if (version.isEmpty()) {
      why =
          failures.getOrDefault(range, "nobody answered")
              + "; the controller asks again until it knows";
    } else if (answered.contains(range)) {
      why = "the newest now";
    } else {
      why = "as the controller settled it";
    }
    return new PlanDocument.Chart(release.id().toString(), range, version.orElse(""), why);
  }

  private static Optional<String> version(ChartSource source) {
    return switch (source) {
      case ChartSource.Folder _ -> Optional.empty();
      case ChartSource.Repository r -> r.version();
      case ChartSource.Registry r -> r.version();
    };
  }

  /** Remembers who answered, and why somebody did not. */
  private final class Asking implements RemoteCharts {

    private final RemoteCharts store;

    Asking(RemoteCharts store) {
      this.store = store;
    }

    @Override
    public RemoteChart get(ChartSource.Repository source) {
      return asked(source.toString(), () -> store.get(source));
    }

    @Override
    public RemoteChart get(ChartSource.Registry source) {
      return asked(source.toString(), () -> store.get(source));
    }

    private RemoteChart asked(String range, Supplier<RemoteChart> fetch) {
      try {
        RemoteChart chart = fetch.get();
        answered.add(range);
        return chart;
      } catch (ChartException | RenderException | CliException e) {
        String why = String.valueOf(e.getMessage());
        failures.put(range, why);
        throw new ChartException(Reason.UNREACHABLE, why, e);
      }
    }
  }

  /** What the controller kept, to be read only: a plan writes nothing. */
  private record Kept(Optional<Settlements> controllers, Consumer<String> say)
      implements Settlements {

    private static final Settlements.Kept NOTHING =
        new Settlements.Kept() {
          @Override
          public Map<String, Settled> definition(String digest) {
            return Map.of();
          }

          @Override
          public Map<String, Settled> newest() {
            return Map.of();
          }
        };

    @Override
    public Settlements.Kept of(String environment) {
      try {
        return controllers.map(kept -> kept.of(environment)).orElse(NOTHING);
      } catch (KubeException e) {
        say.accept(
            "what ranges of chart versions came to for %s could not be read, chart servers are asked: %s"
                .formatted(environment, e.getMessage()));
        return NOTHING;
      }
    }

    @Override
    public Map<String, Settled> keep(
        String environment, String definition, Map<String, Settled> ranges) {
      return ranges;
    }
  }
}
