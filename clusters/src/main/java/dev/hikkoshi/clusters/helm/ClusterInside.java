package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.Hook;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The tools for one cluster, with what they remember of it. */
record ClusterInside(
    Connection connection,
    Records records,
    ReleaseParts parts,
    Renderer renderer,
    ObjectWriter writer,
    Drift drift,
    PartHealth health,
    Parallel parallel) {

  static ClusterInside of(
      Connection connection,
      RenderPool pool,
      ReleaseRenderer releases,
      RenderShelf shelf,
      Parallel parallel,
      InstantSource clock) {
    Records records = new Records(connection, pool, clock);
    ObjectWriter writer = new ObjectWriter(connection, parallel);
    return new ClusterInside(
        connection,
        records,
        new ReleaseParts(connection, records),
        new Renderer(connection, releases, parallel, new RenderCache(clock, shelf)),
        writer,
        new Drift(connection.live(), writer, parallel, clock),
        new PartHealth(connection.live()),
        parallel);
  }

  /**
   * The revision to render for when it is asked whether a release is as it should be: the one that
   * we wrote last, if nobody wrote after us, else the next. After a way back it is the one that was
   * given up, because the question is whether the same is still wanted.
   */
  static int standing(List<Revision> newestFirst) {
    if (newestFirst.isEmpty()) {
      return 1;
    }
    Revision newest = newestFirst.getFirst();
    if (newest.givenUp().isPresent()) {
      return newest.givenUp().get().revision();
    }
    boolean again = newest.ours() && !newest.status().startsWith("uninstall");
    return again ? newest.number() : newest.number() + 1;
  }

  /** What the newest revision of ours recorded, for fields that must not change by themselves. */
  Map<String, Unstable.Recorded> recorded(List<Revision> newestFirst) {
    Optional<Revision> newest = newestFirst.stream().findFirst();
    return newest
        .map(
            r -> {
              ReleaseRecord record = records.read(r);
              return Unstable.recorded(r.secret(), Unstable.all(record.objects(), record.hooks()));
            })
        .orElse(Map.of());
  }

  /** The manifests' hash, comparable to the one in the newest revision. */
  String hash(RenderedRelease release, List<Revision> newestFirst) {
    String newest = newestFirst.stream().findFirst().map(Revision::version).orElse("");
    return release.hash(newest, () -> recorded(newestFirst));
  }

  Scopes scopes(RenderedRelease release) {
    return new Scopes(
        connection.discovery(), release.definitions().map(RenderedObject::object).toList());
  }

  List<Part> parts(RenderedRelease release, ReleaseId id) {
    return Part.of(release.chart().objects(), id, scopes(release));
  }

  /**
   * Hooks that installing, upgrading or removing would run, for the planner. Tests are left out:
   * they run when somebody calls for them.
   */
  List<Hook> hooks(RenderedRelease release, ReleaseId id) {
    Scopes scopes = scopes(release);
    List<Hook> hooks = new ArrayList<>();
    for (RenderedHook hook : release.chart().hooks()) {
      TreeSet<String> events = new TreeSet<>(hook.events());
      events.removeAll(RenderedRelease.ON_DEMAND);
      if (!events.isEmpty()) {
        Part part = Part.of(new RenderedObject(hook.source(), hook.object()), id, scopes);
        hooks.add(new Hook(new Manifest(Trees.asMap(part.body())), events, hook.source()));
      }
    }
    return hooks;
  }
}
