package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.helm.ReleaseRenderer.Target;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
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
  private final ReleaseRenderer releases;
  private final Parallel parallel;
  private final RenderCache cache;

  /** What the last wish's CRDs added; a guess that is right unless CRDs changed. */
  private volatile SortedSet<String> promised = Collections.emptySortedSet();

  Renderer(Connection cluster, ReleaseRenderer releases, Parallel parallel, RenderCache cache) {
    this.cluster = cluster;
    this.releases = releases;
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
    return paused(last.attempts(), wanted.servingOnly());
  }

  /** The overlay lies over what is kept, so that both sides of a move share one render. */
  private static SortedMap<ReleaseId, Attempt> paused(
      SortedMap<ReleaseId, Attempt> attempts, ServingOnly servingOnly) {
    SortedMap<ReleaseId, Attempt> overlaid = new TreeMap<>();
    attempts.forEach(
        (id, attempt) ->
            overlaid.put(
                id,
                switch (attempt) {
                  case Attempt.Good(RenderedRelease release) ->
                      new Attempt.Good(release.with(id, servingOnly));
                  case Attempt.Bad bad -> bad;
                }));
    return overlaid;
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
    try {
      Target target = new Target(capabilities.kubeVersion(), capabilities.apiVersions());
      ChartRequest request = releases.request(release, data, target, revision);
      // Another commit may have given the same: its templates read files that did not change.
      String content = request.hash() + release.settings().skipCrds();
      return cache.get(release.id(), content, () -> rendered(release, request));
    } catch (RenderException e) {
      return bad(e);
    }
  }

  private Attempt rendered(WantedRelease release, ChartRequest request) {
    Lookups lookups = new Lookups(cluster);
    try {
      RenderedChart chart = releases.render(request, release, lookups);
      return new Attempt.Good(new RenderedRelease(request, chart, lookups));
    } catch (RenderException e) {
      return bad(e);
    }
  }

  private static Attempt bad(RenderException e) {
    if (RenderFailure.ofTheRelease(e)) {
      return new Attempt.Bad(RenderFailure.sentence(e));
    }
    throw e;
  }
}
