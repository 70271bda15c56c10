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
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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

  /** What the last wish's CRDs added; a guess that is right unless CRDs changed. */
  private volatile SortedSet<String> promised = Collections.emptySortedSet();

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
    TemplateData data = new TemplateData(wanted.facts());
    SortedSet<String> served = cluster.discovery().apiVersions();
    Round last = round(kubeVersion, wanted, data, union(served, promised), revision);
    if (!last.closed(served)) {
      // The CRDs are others than last time: from what is really served up to a fixed point.
      last = round(kubeVersion, wanted, data, served, revision);
      for (int n = 1; n < ROUNDS && !last.closed(served); n++) {
        last = round(kubeVersion, wanted, data, union(served, last.promised()), revision);
      }
    }
    promised = last.promised();
    return last.attempts();
  }

  /**
   * Everything rendered once.
   *
   * @param told the API versions that charts were told of
   * @param promised those that the rendered CRDs will add
   */
  private record Round(
      SortedSet<String> told, SortedSet<String> promised, SortedMap<ReleaseId, Attempt> attempts) {

    /** Whether charts were told exactly what will be there. */
    boolean closed(SortedSet<String> served) {
      return told.equals(union(served, promised));
    }
  }

  private Round round(
      String kubeVersion,
      Wanted wanted,
      TemplateData data,
      SortedSet<String> told,
      ToIntFunction<ReleaseId> revision) {
    Capabilities capabilities = new Capabilities(kubeVersion, told);
    SortedMap<ReleaseId, Attempt> attempts = new TreeMap<>();
    parallel
        .map(
            wanted.releases(),
            r -> Map.entry(r.id(), one(r, data, capabilities, revision.applyAsInt(r.id()))))
        .forEach(entry -> attempts.put(entry.getKey(), entry.getValue()));
    return new Round(told, promised(attempts), attempts);
  }

  private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
    SortedSet<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  /** What a chart is told of the cluster. */
  private record Capabilities(String kubeVersion, List<String> apiVersions, String fingerprint) {

    Capabilities(String kubeVersion, SortedSet<String> told) {
      this(kubeVersion, List.copyOf(told), kubeVersion + " " + Trees.hash(String.join(" ", told)));
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
                data.fingerprint(release),
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
              chart(release.chart()),
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

  private static ChartFiles chart(ChartSource source) {
    return switch (source) {
      case ChartSource.Folder folder -> new ChartFiles.Folder(folder.files());
      case ChartSource.Repository repository -> throw notRead("the chart of " + repository);
      case ChartSource.Registry registry -> throw notRead("the chart of " + registry);
    };
  }

  private static RenderException notRead(String what) {
    return new RenderException(RenderException.Kind.REQUEST, what + " is not read yet");
  }

  private List<ValuesFile> values(WantedRelease release, TemplateData data) {
    List<ValuesFile> files = new ArrayList<>();
    for (Values values : release.values()) {
      files.add(
          switch (values) {
            case Values.File(String path, byte[] content) ->
                new ValuesFile.Text(path, new String(content, StandardCharsets.UTF_8));
            case Values.Template(String path, byte[] content, _) ->
                new ValuesFile.Text(
                    path,
                    pool.template(
                        new TemplateRequest(
                            path, new String(content, StandardCharsets.UTF_8), data.of(release))));
            case Values.Inline(Map<String, Object> map) ->
                new ValuesFile.Inline("values of " + release.id(), Trees.of(map));
            case Values.InlineTemplate(String path, _, _, _) ->
                throw notRead("valuesTemplate of " + path);
            case Values.Secret(String path, _) -> throw notRead("the secret " + path);
            case Values.Assign set -> throw notRead("set of " + set.name());
            case Values.AssignFile set -> throw notRead("set of " + set.name());
          });
    }
    return files;
  }
}
