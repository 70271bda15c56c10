package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartFiles;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.TemplateRequest;
import dev.hikkoshi.clusters.render.ValuesFile;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Renders releases for one cluster. What was rendered is kept by content, so that asking again for
 * the same costs a hash; lookups are asked again each time.
 */
final class Renderer {

  /** A CRD may make a chart render another one; deeper than this nobody goes. */
  private static final int ROUNDS = 5;

  private final Connection cluster;
  private final RenderPool pool;
  private final Parallel parallel;
  private final RenderCache cache;

  Renderer(Connection cluster, RenderPool pool, Parallel parallel, RenderCache cache) {
    this.cluster = cluster;
    this.pool = pool;
    this.parallel = parallel;
    this.cache = cache;
  }

  /**
   * Renders everything wanted, with the API versions that the cluster serves and those that the
   * releases' own CRDs will add, until these stay the same.
   *
   * @param kubeVersion the server's git version
   * @param revision what {@code .Release.Revision} is for a release
   * @throws RenderException when nothing can be rendered at the moment
   */
  SortedMap<ReleaseId, Attempt> all(
      String kubeVersion, Wanted wanted, ToIntFunction<ReleaseId> revision) {
    TemplateData data = new TemplateData(wanted);
    SortedSet<String> versions = new TreeSet<>(cluster.discovery().apiVersions());
    for (int round = 1; ; round++) {
      Capabilities capabilities = new Capabilities(kubeVersion, List.copyOf(versions));
      SortedMap<ReleaseId, Attempt> attempts = new TreeMap<>();
      parallel
          .map(
              wanted.releases(),
              r -> Map.entry(r.id(), one(r, data, capabilities, revision.applyAsInt(r.id()))))
          .forEach(entry -> attempts.put(entry.getKey(), entry.getValue()));
      boolean grown = versions.addAll(promised(attempts));
      if (!grown || round == ROUNDS) {
        return attempts;
      }
    }
  }

  /** What a chart is told of the cluster. */
  private record Capabilities(String kubeVersion, List<String> apiVersions) {

    String fingerprint() {
      return kubeVersion + " " + Trees.hash(String.join(" ", apiVersions));
    }
  }

  private static SortedSet<String> promised(SortedMap<ReleaseId, Attempt> attempts) {
    SortedSet<String> versions = new TreeSet<>();
    for (Attempt attempt : attempts.values()) {
      switch (attempt) {
        case Attempt.Good(RenderedRelease release) ->
            release.definitions().forEach(crd -> versions.addAll(Scopes.apiVersions(crd.object())));
        case Attempt.Bad _ -> {}
      }
    }
    return versions;
  }

  private Attempt one(
      WantedRelease release, TemplateData data, Capabilities capabilities, int revision) {
    String key =
        Trees.hash(
            String.join(
                "\n",
                cache.digest(release),
                data.fingerprint(),
                capabilities.fingerprint(),
                Integer.toString(revision)));
    return cache.get(release.id(), key, () -> attempt(release, data, capabilities, revision));
  }

  private Attempt attempt(
      WantedRelease release, TemplateData data, Capabilities capabilities, int revision) {
    Lookups lookups = new Lookups(cluster);
    try {
      ChartRequest request =
          new ChartRequest(
              new ChartFiles.Folder(release.chart()),
              values(release, data),
              new ChartRequest.Release(release.id().name(), release.id().namespace(), revision),
              capabilities.kubeVersion(),
              capabilities.apiVersions());
      return new Attempt.Good(new RenderedRelease(request, pool.chart(request, lookups), lookups));
    } catch (RenderException e) {
      if (RenderFailure.ofTheRelease(e)) {
        return new Attempt.Bad(RenderFailure.sentence(e));
      }
      throw e;
    }
  }

  private List<ValuesFile> values(WantedRelease release, TemplateData data) {
    List<ValuesFile> files = new ArrayList<>();
    for (Values values : release.values()) {
      files.add(
          switch (values) {
            case Values.File(String path, byte[] content, boolean template) -> {
              String text = new String(content, StandardCharsets.UTF_8);
              yield new ValuesFile.Text(
                  path,
                  template
                      ? pool.template(new TemplateRequest(path, text, data.of(release)))
                      : text);
            }
            case Values.Inline(Map<String, Object> map) ->
                new ValuesFile.Inline("values of " + release.id(), Trees.of(map));
          });
    }
    return files;
  }
}
