package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Releases follow the newest commit on every living side: sync by needs, heal drift, uninstall. */
public final class ReleaseWork {

  /** The check that a release of the commit renders. */
  public static final String RENDERS = "renders";

  private final Draft d;
  private final ClusterSeen cluster;
  private final InsideSeen inside;
  private final Wanted wanted;

  private ReleaseWork(Draft d, ClusterSeen cluster, InsideSeen inside) {
    this.d = d;
    this.cluster = cluster;
    this.inside = inside;
    // As the observer asked for it: what was rendered is compared with this.
    this.wanted =
        d.desired.wanted(
            cluster.name(),
            cluster.version(),
            RunOnceSide.mayRun(d.desired, d.record, cluster.name()));
  }

  static void plan(Draft d) {
    List<String> sides = clusters(d);
    sides.forEach(name -> in(d, name, ReleaseWork::plan));
    RunOnceWork.stopping(d).stream()
        .filter(name -> !sides.contains(name))
        .forEach(name -> in(d, name, ReleaseWork::stop));
  }

  private static void in(Draft d, String name, Consumer<ReleaseWork> work) {
    d.cluster(name)
        .ifPresent(
            seen -> {
              switch (d.inside(name)) {
                case Unknown<InsideSeen>(String what, String why) ->
                    d.await(Wait.Kind.UNKNOWN, name, what + " could not be read: " + why);
                case Known<InsideSeen>(InsideSeen inside) ->
                    work.accept(new ReleaseWork(d, seen, inside));
              }
            });
  }

  /** The sides of the move that live; the new one once EKS has made everything it asked for. */
  static List<String> clusters(Draft d) {
    if (d.move().isEmpty()) {
      return List.of();
    }
    MoveRecord move = d.move().get();
    Stream<String> sides =
        switch (move.phase()) {
          case MovePhase.Building _ -> move.from().stream();
          case MovePhase.Returning _, MovePhase.Returned _ -> move.from().stream();
          case MovePhase.Syncing _,
              MovePhase.Attached _,
              MovePhase.Warm _,
              MovePhase.Stepping _,
              MovePhase.Soak _,
              MovePhase.Drain _,
              MovePhase.Retiring _,
              MovePhase.Gone _ ->
              Stream.concat(move.from().stream(), Stream.of(move.to()));
        };
    return sides
        .filter(name -> d.record.cluster(name).filter(c -> synced(c.life())).isPresent())
        .sorted()
        .toList();
  }

  private static boolean synced(ClusterLife life) {
    return life.alive()
        && !(life instanceof ClusterLife.Retiring)
        && !(life instanceof ClusterLife.Abandoned);
  }

  private void plan() {
    boolean serves =
        d.move().filter(m -> m.serving().equals(cluster.name()) && !first(m)).isPresent()
            || d.record
                .cluster(cluster.name())
                .filter(c -> c.life() instanceof ClusterLife.Serving)
                .isPresent();
    if (!serves && !d.require(OutsideEffects.of(d, cluster.name(), inside, clusters(d)))) {
      return;
    }
    for (WantedRelease release : wanted.releases()) {
      Optional.ofNullable(inside.releases().get(release.id())).ifPresent(this::release);
    }
    inside.releases().values().stream()
        .filter(r -> r.rendered().isEmpty() && !wanted.left().contains(r.id()))
        .filter(r -> r.deployed().filter(RevisionSeen::ours).isPresent())
        .sorted(Comparator.comparing(ReleaseSeen::id))
        .forEach(this::uninstall);
  }

  private void uninstall(ReleaseSeen release) {
    if (free(release)) {
      String why = release.id() + " is not wanted any more";
      d.act(new Action.UninstallRelease(cluster, release.id(), why));
    }
  }

  /** Whether writing would do anything now; if not, the plan says what is waited for. */
  private boolean free(ReleaseSeen release) {
    return switch (release.work()) {
      case Work.Free _ -> true;
      case Work.Waits(String why) -> {
        d.await(Wait.Kind.PROGRESS, cluster.name() + " " + release.id(), why);
        yield false;
      }
      case Work.GivenUp(String why) ->
          d.require(check("not-given-up", release.id(), Verdict.fail(why)));
    };
  }

  /** A cluster that is left, or not ready yet: only what must not run on two sides is touched. */
  private void stop() {
    for (WantedRelease release : wanted.releases()) {
      ReleaseSeen seen = inside.releases().get(release.id());
      if (seen == null || seen.deployed().isEmpty() || seen.synced()) {
        continue;
      }
      if (runsOnce(seen) && free(seen)) {
        String why = "stop run-once work of %s in %s".formatted(seen.id(), cluster.name());
        d.act(new Action.SyncRelease(cluster, wanted, seen.id(), why));
      }
    }
  }

  private boolean runsOnce(ReleaseSeen release) {
    return release.rendered().orElse(null) instanceof Rendered.Manifests m
        && m.objects().stream()
            .anyMatch(o -> wanted.servingOnly().covers(release.id(), o.path(), o.kind()));
  }

  /** The first cluster does not serve before its first step. */
  private static boolean first(MoveRecord move) {
    return move.from().isEmpty()
        && switch (move.phase()) {
          case MovePhase.Building _, MovePhase.Syncing _, MovePhase.Attached _, MovePhase.Warm _ ->
              true;
          case MovePhase.Stepping _,
              MovePhase.Soak _,
              MovePhase.Drain _,
              MovePhase.Retiring _,
              MovePhase.Gone _,
              MovePhase.Returning _,
              MovePhase.Returned _ ->
              false;
        };
  }

  private void release(ReleaseSeen release) {
    switch (release.rendered().orElse(null)) {
      case null -> {}
      case Rendered.Failed(String problem) ->
          d.require(check(RENDERS, release.id(), Verdict.fail(problem)));
      case Rendered.Manifests _ when release.synced() -> drift(release);
      case Rendered.Manifests _ when free(release) -> sync(release);
      case Rendered.Manifests _ -> {}
    }
  }

  private Check check(String name, ReleaseId release, Verdict verdict) {
    return new Check(name, cluster.name() + " " + release, verdict);
  }

  private void sync(ReleaseSeen release) {
    Optional<RevisionSeen> foreign = release.deployed().filter(r -> !r.ours());
    if (foreign.isPresent()) {
      Instant ours = foreign.get().writtenAt().plus(d.desired.driftGrace());
      String sentence =
          "revision %d of %s was written by somebody else"
              .formatted(foreign.get().revision(), release.id());
      if (d.now.isBefore(ours)) {
        d.await(
            Wait.until(
                Wait.Kind.TIME,
                cluster.name() + " " + release.id(),
                sentence + "; ours again then",
                ours));
        return;
      }
    }
    Optional<ReleaseId> need =
        d.desired.apps().needs(release.id()).stream().sorted().filter(n -> !good(n)).findFirst();
    if (need.isPresent()) {
      d.await(
          Wait.Kind.PROGRESS,
          cluster.name() + " " + release.id(),
          release.id() + " needs " + need.get() + ", which is not healthy yet");
      return;
    }
    d.act(
        new Action.SyncRelease(
            cluster,
            wanted,
            release.id(),
            foreign.isPresent()
                ? adopts(release)
                : "sync %s into %s".formatted(release.id(), cluster.name())));
  }

  /** What somebody else wrote becomes ours; a person wants to know before that what it costs. */
  private String adopts(ReleaseSeen release) {
    String pods =
        release.restarts().isEmpty()
            ? "no pod template changes"
            : "replaces the pods of " + String.join("; ", release.restarts());
    return "make %s in %s ours: %s".formatted(release.id(), cluster.name(), pods);
  }

  private boolean good(ReleaseId id) {
    ReleaseSeen release = inside.releases().get(id);
    return release != null && release.synced() && release.health().healthy();
  }

  private void drift(ReleaseSeen release) {
    if (release.drifted().isEmpty()) {
      return;
    }
    Instant heals = release.driftSince().orElse(d.now).plus(d.desired.driftGrace());
    if (d.now.isBefore(heals)) {
      String sentence = "live state differs: " + release.drifted() + "; corrected then";
      d.await(Wait.until(Wait.Kind.TIME, cluster.name() + " " + release.id(), sentence, heals));
      return;
    }
    d.act(
        new Action.HealRelease(
            cluster,
            wanted,
            release.id(),
            "correct %s in %s: %s".formatted(release.id(), cluster.name(), release.drifted())));
  }
}
