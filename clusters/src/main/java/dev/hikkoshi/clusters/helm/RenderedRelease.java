package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A release as it would be in one cluster. It is kept, and with it what was made of it. */
final class RenderedRelease {

  static final Set<String> ON_DEMAND = Set.of("test", "test-success");

  private final ChartRequest request;
  private final RenderedChart chart;
  private final Lookups lookups;
  private final Memo<String, String> hash = new Memo<>();
  private final Memo<Set<String>, List<Manifest>> manifests = new Memo<>();
  private final Memo<ServingOnly, RenderedRelease> paused = new Memo<>();

  /**
   * What a worker answered.
   *
   * @param request what was asked of the worker, for the record
   * @param lookups what the cluster was asked on the way
   */
  RenderedRelease(ChartRequest request, RenderedChart chart, Lookups lookups) {
    this.request = request;
    this.chart = chart;
    this.lookups = lookups;
  }

  /** As it is in a cluster where serving-only work may run, or must not. */
  RenderedRelease with(ReleaseId id, ServingOnly servingOnly) {
    if (servingOnly.runs() || servingOnly.empty()) {
      return this;
    }
    return paused.get(
        servingOnly,
        () -> new RenderedRelease(request, Pauses.apply(chart, id, servingOnly), lookups));
  }

  ChartRequest request() {
    return request;
  }

  RenderedChart chart() {
    return chart;
  }

  /** Its objects and its hooks. */
  List<RenderedObject> all() {
    return Unstable.all(chart.objects(), chart.hooks());
  }

  /** Whether the cluster would still answer the lookups as it did. */
  boolean stillTrue() {
    return lookups.stillTrue();
  }

  /**
   * The manifests' hash, comparable to the one in a revision.
   *
   * @param revision identifies the revision to compare with
   * @param recorded what it recorded
   */
  String hash(String revision, Supplier<Map<String, Unstable.Recorded>> recorded) {
    return hash.get(revision, () -> Unstable.hash(all(), recorded.get()));
  }

  /**
   * The objects for the planner.
   *
   * @param served the API versions served, on which it depends where an object lands
   */
  List<Manifest> manifests(Set<String> served, Supplier<List<Part>> parts) {
    return manifests.get(
        served, () -> parts.get().stream().map(p -> new Manifest(Trees.asMap(p.body()))).toList());
  }

  /**
   * Hooks that installing, upgrading or removing would have to run. Tests are left out: they run
   * when somebody calls for them.
   */
  SortedSet<String> hooks() {
    SortedSet<String> hooks = new TreeSet<>();
    for (RenderedHook hook : chart.hooks()) {
      hook.events().stream()
          .filter(event -> !ON_DEMAND.contains(event))
          .map(
              event ->
                  "%s %s/%s (%s)"
                      .formatted(
                          event,
                          hook.object().path("kind").asText(),
                          hook.object().at("/metadata/name").asText(),
                          hook.source()))
          .forEach(hooks::add);
    }
    return hooks;
  }

  /** CRDs it brings, from {@code crds/} and from templates. */
  Stream<RenderedObject> definitions() {
    return Stream.concat(chart.crds().stream(), chart.objects().stream())
        .filter(o -> Scopes.isDefinition(o.object()));
  }
}
