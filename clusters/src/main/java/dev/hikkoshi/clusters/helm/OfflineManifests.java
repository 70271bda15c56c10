package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.helm.ReleaseRenderer.Target;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * What releases would be in a cluster that is not asked: rendered with the API versions that Helm
 * itself knows. A chart that looks something up in the cluster is not guessed at but unknown.
 *
 * <p>The hashes compare with each other only, not with those of a look into a cluster.
 */
public final class OfflineManifests {

  private static final int REVISION = 2;

  private final ReleaseRenderer renderer;

  /** Over a renderer; what that cannot have, a chart or a key, is unknown. */
  public OfflineManifests(ReleaseRenderer renderer) {
    this.renderer = renderer;
  }

  /** By release, a hash without the fields that come out different at each rendering. */
  public Observation<Map<ReleaseId, String>> of(Wanted wanted) {
    TemplateData data = new TemplateData(wanted.facts());
    Map<ReleaseId, String> hashes = new TreeMap<>();
    List<Observation.Unknown<String>> unknown = new ArrayList<>();
    for (WantedRelease release : wanted.releases()) {
      switch (hash(release, wanted, data)) {
        case Observation.Known<String>(String hash) -> hashes.put(release.id(), hash);
        case Observation.Unknown<String> one -> unknown.add(one);
      }
    }
    return switch (unknown.size()) {
      case 0 -> Observation.known(hashes);
      case 1 -> Observation.unknown(unknown.getFirst().what(), unknown.getFirst().why());
      default ->
          Observation.unknown(
              "manifests of %d releases".formatted(unknown.size()),
              unknown.stream()
                  .map(one -> one.what() + ": " + one.why())
                  .collect(Collectors.joining("; ")));
    };
  }

  private Observation<String> hash(WantedRelease release, Wanted wanted, TemplateData data) {
    String what = "manifests of " + release.id();
    SortedSet<String> asked = new ConcurrentSkipListSet<>();
    LiveLookup nobody =
        key -> {
          asked.add(key.kind());
          return Optional.empty();
        };
    try {
      ChartRequest request =
          renderer.request(
              release,
              data,
              new Target("v%s.0".formatted(wanted.facts().kubernetesVersion()), null),
              REVISION);
      RenderedChart chart = renderer.render(request, release, nobody);
      String hash = Unstable.hash(Unstable.all(chart.objects(), chart.hooks()), Map.of());
      return asked.isEmpty()
          ? Observation.known(hash)
          : Observation.unknown(
              what, "it looks up %s in the cluster".formatted(String.join(", ", asked)));
    } catch (RenderException e) {
      return Observation.unknown(what, RenderFailure.sentence(e));
    }
  }
}
