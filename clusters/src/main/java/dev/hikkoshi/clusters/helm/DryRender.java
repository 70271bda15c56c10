package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.helm.ReleaseRenderer.Target;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.Hook;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Releases as they would be in a cluster that is not there yet: no API server is asked, {@code
 * lookup} finds nothing, and charts are told of the kinds that Kubernetes has and that the releases
 * themselves bring.
 */
public final class DryRender {

  private static final int ROUNDS = 3;
  private static final LiveLookup NOTHING = _ -> Optional.empty();

  private final ReleaseRenderer renderer;
  private final int width;

  /**
   * Renders with the same renderer as for clusters that are there.
   *
   * @param width releases at work at a time
   */
  public DryRender(ReleaseRenderer renderer, int width) {
    this.renderer = renderer;
    this.width = width;
  }

  /** How a release came out. */
  public sealed interface Result {

    /**
     * It renders.
     *
     * @param objects with the namespace they would land in
     * @param sources the template of each object and hook, by its path
     */
    record Good(List<Manifest> objects, List<Hook> hooks, Map<String, String> sources)
        implements Result {

      public Good {
        objects = List.copyOf(objects);
        hooks = List.copyOf(hooks);
        sources = Map.copyOf(sources);
      }
    }

    /**
     * It does not.
     *
     * @param problem in one sentence
     * @param kind whose mistake it is
     * @param problems the same one by one, at least one, in the files of the repository
     */
    record Bad(String problem, RenderException.Kind kind, List<Problem> problems)
        implements Result {

      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Every wanted release.
   *
   * @throws RenderException when nothing can be rendered at the moment
   */
  public SortedMap<ReleaseId, Result> all(Wanted wanted) {
    return all(wanted.releases(), wanted.facts());
  }

  /**
   * Some releases.
   *
   * @param facts of the cluster that they would be in
   * @throws RenderException when nothing can be rendered at the moment
   */
  public SortedMap<ReleaseId, Result> all(List<WantedRelease> releases, Facts facts) {
    try (Parallel parallel = new Parallel(width)) {
      return all(releases, facts, parallel);
    }
  }

  private SortedMap<ReleaseId, Result> all(
      List<WantedRelease> wanted, Facts facts, Parallel parallel) {
    TemplateData data = new TemplateData(facts);
    Function<SortedSet<String>, SortedMap<ReleaseId, Attempted>> round =
        told -> {
          List<String> versions = List.copyOf(told);
          SortedMap<ReleaseId, Attempted> attempts = new TreeMap<>();
          parallel
              .map(wanted, r -> Map.entry(r.id(), attempt(r, data, facts, versions)))
              .forEach(one -> attempts.put(one.getKey(), one.getValue()));
          return attempts;
        };
    SortedSet<String> told = BuiltInKinds.apiVersions();
    SortedMap<ReleaseId, Attempted> attempts = round.apply(told);
    for (int n = 1; n < ROUNDS; n++) {
      SortedSet<String> next = new TreeSet<>(BuiltInKinds.apiVersions());
      attempts.values().forEach(a -> next.addAll(a.promised()));
      if (next.equals(told)) {
        break;
      }
      told = next;
      attempts = round.apply(told);
    }
    SortedMap<ReleaseId, Result> results = new TreeMap<>();
    SortedMap<String, Boolean> scopes = scopes(attempts);
    attempts.forEach((id, attempt) -> results.put(id, result(id, attempt, scopes)));
    return results;
  }

  private record Attempted(Optional<RenderedChart> chart, Optional<Result.Bad> bad) {

    List<ObjectNode> definitions() {
      List<ObjectNode> all = new ArrayList<>();
      chart.ifPresent(
          c -> {
            c.crds().forEach(o -> all.add(o.object()));
            c.objects().forEach(o -> all.add(o.object()));
          });
      return all.stream().filter(Scopes::isDefinition).toList();
    }

    SortedSet<String> promised() {
      SortedSet<String> versions = new TreeSet<>();
      definitions().forEach(d -> versions.addAll(Scopes.apiVersions(d)));
      return versions;
    }
  }

  private Attempted attempt(
      WantedRelease release, TemplateData data, Facts facts, List<String> told) {
    try {
      Target target = new Target("v" + facts.kubernetesVersion() + ".0", told);
      ChartRequest request = renderer.request(release, data, target, 1);
      return new Attempted(
          Optional.of(renderer.render(request, release, NOTHING)), Optional.empty());
    } catch (RenderException e) {
      if (RenderFailure.ofTheRelease(e)) {
        return new Attempted(
            Optional.empty(),
            Optional.of(
                new Result.Bad(
                    RenderFailure.sentence(e), e.kind(), RenderFailure.problems(e, release))));
      }
      throw e;
    }
  }

  /** Whether kinds that the releases bring are namespaced. */
  private static SortedMap<String, Boolean> scopes(SortedMap<ReleaseId, Attempted> attempts) {
    SortedMap<String, Boolean> scopes = new TreeMap<>();
    for (Attempted attempt : attempts.values()) {
      for (ObjectNode definition : attempt.definitions()) {
        scopes.put(
            definition.at("/spec/group").asText()
                + "/"
                + definition.at("/spec/names/kind").asText(),
            definition.at("/spec/scope").asText().equals("Namespaced"));
      }
    }
    return scopes;
  }

  private static Result result(ReleaseId id, Attempted attempt, SortedMap<String, Boolean> scopes) {
    if (attempt.bad().isPresent()) {
      return attempt.bad().get();
    }
    List<Manifest> objects = new ArrayList<>();
    List<Hook> hooks = new ArrayList<>();
    Map<String, String> sources = new HashMap<>();
    RenderedChart chart = attempt.chart().orElseThrow();
    for (RenderedObject object : chart.objects()) {
      Manifest placed = placed(object.object(), id, scopes);
      objects.add(placed);
      sources.put(placed.path(), object.source());
    }
    for (RenderedHook hook : chart.hooks()) {
      TreeSet<String> events = new TreeSet<>(hook.events());
      events.removeAll(RenderedRelease.ON_DEMAND);
      if (!events.isEmpty()) {
        Manifest placed = placed(hook.object(), id, scopes);
        hooks.add(new Hook(placed, events, hook.source()));
        sources.put(placed.path(), hook.source());
      }
    }
    return new Result.Good(objects, hooks, sources);
  }

  private static Manifest placed(
      ObjectNode object, ReleaseId id, SortedMap<String, Boolean> scopes) {
    ObjectNode copy = object.deepCopy();
    String apiVersion = copy.path("apiVersion").asText();
    int slash = apiVersion.indexOf('/');
    String kind = copy.path("kind").asText();
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    boolean namespaced =
        scopes.getOrDefault(group + "/" + kind, !BuiltInKinds.clusterScoped(group, kind));
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      if (!namespaced) {
        metadata.remove("namespace");
      } else if (metadata.path("namespace").asText().isEmpty()) {
        metadata.put("namespace", id.namespace());
      }
    }
    return new Manifest(Trees.asMap(copy));
  }
}
