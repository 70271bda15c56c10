package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One look at one cluster. */
final class Look {

  private final ClusterInside inside;
  private final LiveObjects live;
  private final Wanted wanted;

  private final InstantSource clock;

  Look(ClusterInside inside, InstantSource clock, Wanted wanted) {
    this.clock = clock;
    this.inside = inside;
    this.live = inside.connection().live();
    this.wanted = wanted;
  }

  InsideSeen see() {
    String version = live.fresh();
    live.prepare(LiveObjects.always());
    SortedMap<ReleaseId, List<Revision>> history = inside.records().all();
    SortedMap<ReleaseId, Attempt> attempts = attempts(version, history);
    Set<ReleaseId> ids = new TreeSet<>(attempts.keySet());
    ids.addAll(history.keySet());
    watch(ids, attempts, history);
    Map<ReleaseId, ReleaseSeen> releases = new HashMap<>();
    inside
        .parallel()
        .map(
            ids,
            id ->
                release(
                    id, Optional.ofNullable(attempts.get(id)), history.getOrDefault(id, List.of())))
        .forEach(seen -> releases.put(seen.id(), seen));
    return new InsideSeen(
        minor(version),
        releases,
        backends(),
        working(ids, attempts, history),
        new Backends(live).ends());
  }

  /** Serving-only work of what is wanted and of what was ever applied. */
  private Observation<List<String>> working(
      Set<ReleaseId> ids,
      SortedMap<ReleaseId, Attempt> attempts,
      SortedMap<ReleaseId, List<Revision>> history) {
    ServingOnly servingOnly = wanted.servingOnly();
    if (servingOnly.empty()) {
      return Observation.known(List.of());
    }
    return Results.look(
        "run-once work",
        () -> {
          SortedSet<ObjectKey> keys = new TreeSet<>();
          for (ReleaseId id : ids) {
            List<Part> parts =
                new ArrayList<>(inside.parts().inventory(history.getOrDefault(id, List.of())));
            if (attempts.get(id) instanceof Attempt.Good(RenderedRelease release)) {
              parts.addAll(inside.parts(release, id));
            }
            parts.stream()
                .map(Part::key)
                .filter(key -> servingOnly.covers(id, key.path(), key.kind()))
                .forEach(keys::add);
          }
          return new Working(live, inside.writer()).of(keys);
        });
  }

  /** What each wanted release would be, by hash. */
  Map<ReleaseId, String> manifests() {
    String version = live.fresh();
    SortedMap<ReleaseId, List<Revision>> history = inside.records().all();
    Map<ReleaseId, String> hashes = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    attempts(version, history)
        .forEach(
            (id, attempt) -> {
              switch (attempt) {
                case Attempt.Good(RenderedRelease release) ->
                    hashes.put(id, inside.hash(release, history.getOrDefault(id, List.of())));
                case Attempt.Bad(String problem) -> problems.add(id + ": " + problem);
              }
            });
    if (!problems.isEmpty()) {
      throw NotDone.refused("Render", String.join("; ", problems));
    }
    return hashes;
  }

  private SortedMap<ReleaseId, Attempt> attempts(
      String version, SortedMap<ReleaseId, List<Revision>> history) {
    return inside
        .renderer()
        .all(version, wanted, id -> ClusterInside.standing(history.getOrDefault(id, List.of())));
  }

  /** Begins all watches before the first is waited for. */
  private void watch(
      Set<ReleaseId> ids,
      SortedMap<ReleaseId, Attempt> attempts,
      SortedMap<ReleaseId, List<Revision>> history) {
    Set<String> kinds = new TreeSet<>();
    for (ReleaseId id : ids) {
      judged(id, attempts.containsKey(id), history.getOrDefault(id, List.of()))
          .ifPresent(
              revision ->
                  inside
                      .parts()
                      .of(revision)
                      .forEach(
                          part -> kinds.add(part.key().apiVersion() + "/" + part.key().kind())));
    }
    live.prepare(kinds);
  }

  /** The revision whose objects are looked at: the newest, if it is wanted or ours. */
  private static Optional<Revision> judged(
      ReleaseId id, boolean wanted, List<Revision> newestFirst) {
    return newestFirst.stream()
        .findFirst()
        .filter(r -> r.id().equals(id) && (wanted || r.ours()))
        .filter(r -> !r.status().equals("uninstalled"));
  }

  private ReleaseSeen release(ReleaseId id, Optional<Attempt> attempt, List<Revision> newestFirst) {
    Optional<Revision> newest = newestFirst.stream().findFirst();
    Optional<Revision> judged = judged(id, attempt.isPresent(), newestFirst);
    List<Drift.Drifted> drifted =
        judged
            .filter(r -> r.ours() && r.deployed())
            .map(
                r ->
                    inside.drift().of(SyncRelease.name(r), inside.parts().of(r), wanted.readOnly()))
            .orElse(List.of());
    return new ReleaseSeen(
        id,
        attempt.map(a -> rendered(id, a, newestFirst)),
        newest.map(Revision::seen),
        health(newest, judged),
        drifted.stream().map(Drift.Drifted::sentence).toList(),
        drifted.stream().map(Drift.Drifted::since).min(Instant::compareTo),
        work(id, attempt, newestFirst),
        restarts(id, attempt, newest));
  }

  private Rendered rendered(ReleaseId id, Attempt attempt, List<Revision> newestFirst) {
    return switch (attempt) {
      case Attempt.Bad(String problem) -> new Rendered.Failed(problem);
      case Attempt.Good(RenderedRelease release) ->
          new Rendered.Manifests(
              inside.hash(release, newestFirst),
              release.manifests(
                  inside.connection().discovery().apiVersions(), () -> inside.parts(release, id)),
              inside.hooks(release, id));
    };
  }

  private Health health(Optional<Revision> newest, Optional<Revision> judged) {
    if (newest.isEmpty()) {
      return new Health.Missing();
    }
    if (judged.isEmpty()) {
      return newest.get().status().equals("uninstalled")
          ? new Health.Missing()
          : new Health.Progressing("not looked at: it is neither wanted nor ours");
    }
    return inside.health().worst(inside.parts().of(judged.get()));
  }

  /** Only a release of somebody else is compared so: of ours the API server tells. */
  private List<String> restarts(
      ReleaseId id, Optional<Attempt> attempt, Optional<Revision> newest) {
    boolean theirs = newest.filter(r -> !r.ours() && !r.status().equals("uninstalled")).isPresent();
    return theirs && attempt.orElse(null) instanceof Attempt.Good(RenderedRelease release)
        ? new Restarts(live, inside.writer())
            .of(inside.parts().of(newest.orElseThrow()), inside.parts(release, id))
        : List.of();
  }

  /** What keeps a release from being written now. */
  private Work work(ReleaseId id, Optional<Attempt> attempt, List<Revision> history) {
    Optional<Revision> ours = history.stream().findFirst().filter(Revision::ours);
    if (ours.isEmpty()) {
      return new Work.Free();
    }
    Revision newest = ours.get();
    ReleaseSettings settings = settings(id);
    Optional<GivenUp> same =
        newest.givenUp().filter(wish -> hash(attempt, history).equals(Optional.of(wish.hash())));
    if (newest.deployed()) {
      return same.<Work>map(Look::givenUp).orElseGet(Work.Free::new);
    }
    Optional<String> waits;
    if (newest.uninstalling()) {
      waits = new Uninstall(inside, clock, settings.timeout()).waits(newest);
    } else {
      boolean wanted = same.isPresent() || hash(attempt, history).equals(newest.hash());
      waits = new Rollout(inside, clock, id, history, settings).waits(newest, wanted);
    }
    return waits.<Work>map(Work.Waits::new).orElseGet(Work.Free::new);
  }

  private static Work givenUp(GivenUp wish) {
    return new Work.GivenUp(
        "revision %d failed and was rolled back; other manifests are tried: %s"
            .formatted(wish.revision(), wish.why()));
  }

  private Optional<String> hash(Optional<Attempt> attempt, List<Revision> history) {
    return attempt.flatMap(
        a ->
            switch (a) {
              case Attempt.Good(RenderedRelease release) ->
                  Optional.of(inside.hash(release, history));
              case Attempt.Bad _ -> Optional.empty();
            });
  }

  private ReleaseSettings settings(ReleaseId id) {
    return wanted.releases().stream()
        .filter(release -> release.id().equals(id))
        .map(WantedRelease::settings)
        .findFirst()
        .orElse(ReleaseSettings.HELMFILE);
  }

  private Map<String, Observation<BackendSeen>> backends() {
    Backends ends = new Backends(live);
    Map<String, Observation<BackendSeen>> seen = new HashMap<>();
    wanted
        .backends()
        .forEach(
            (route, backend) ->
                seen.put(
                    route, Results.look("backend of " + route, () -> ends.see(route, backend))));
    return seen;
  }

  /** {@code v1.37.2-eks-…} is {@code 1.37}. */
  private static String minor(String version) {
    String[] parts = version.substring(version.startsWith("v") ? 1 : 0).split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
