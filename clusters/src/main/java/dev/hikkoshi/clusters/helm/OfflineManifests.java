package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartFiles;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.TemplateRequest;
import dev.hikkoshi.clusters.render.ValuesFile;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What releases would be in a cluster that is not asked: rendered with the API versions that Helm
 * itself knows. A chart that looks something up in the cluster is not guessed at but unknown.
 *
 * <p>The hashes compare with each other only, not with those of a look into a cluster.
 */
public final class OfflineManifests implements AutoCloseable {

  private static final int REVISION = 2;

  private final RenderPool pool;

  /**
   * Starts its processes when they are needed.
   *
   * @param worker the render worker's binary
   */
  public OfflineManifests(Path worker) {
    this.pool = new RenderPool(worker, RenderOptions.DEFAULT);
  }

  /**
   * By release, a hash without the fields that come out different at each rendering. Unknown for a
   * chart that is not in the tree, and for values that only the controller has (secrets, what is
   * set by the command line).
   */
  public Observation<Map<ReleaseId, String>> of(Wanted wanted) {
    TemplateData data = new TemplateData(wanted.facts());
    Map<ReleaseId, String> hashes = new TreeMap<>();
    for (WantedRelease release : wanted.releases()) {
      switch (hash(release, wanted, data)) {
        case Observation.Known<String>(String hash) -> hashes.put(release.id(), hash);
        case Observation.Unknown<String>(String what, String why) -> {
          return Observation.unknown(what, why);
        }
      }
    }
    return Observation.known(hashes);
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
          new ChartRequest(
              chart(release.chart()),
              release.values().stream().map(values -> values(values, release, data)).toList(),
              new ChartRequest.Release(release.id().name(), release.id().namespace(), REVISION),
              "v%s.0".formatted(wanted.facts().kubernetesVersion()),
              null);
      String hash = Unstable.hash(pool.chart(request, nobody).objects(), Map.of());
      return asked.isEmpty()
          ? Observation.known(hash)
          : Observation.unknown(
              what, "it looks up %s in the cluster".formatted(String.join(", ", asked)));
    } catch (Elsewhere e) {
      return Observation.unknown(what, String.valueOf(e.getMessage()));
    } catch (RenderException e) {
      return Observation.unknown(what, RenderFailure.sentence(e));
    }
  }

  private static ChartFiles chart(ChartSource source) {
    if (source instanceof ChartSource.Folder folder) {
      return new ChartFiles.Folder(folder.files());
    }
    throw new Elsewhere("its chart is not in the tree");
  }

  private ValuesFile values(Values values, WantedRelease release, TemplateData data) {
    return switch (values) {
      case Values.File(String path, byte[] content) -> new ValuesFile.Text(path, text(content));
      case Values.Template(String path, byte[] content, _) ->
          new ValuesFile.Text(
              path, pool.template(new TemplateRequest(path, text(content), data.of(release))));
      case Values.Inline(Map<String, Object> map) ->
          new ValuesFile.Inline("values of " + release.id(), Trees.of(map));
      case Values.InlineTemplate _,
          Values.Secret _,
          Values.Assign _,
          Values.AssignFile _ ->
          throw new Elsewhere("its values are put together by the controller only");
    };
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Something that this cannot render. */
  private static final class Elsewhere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Elsewhere(String why) {
      super(why, null, false, false);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
