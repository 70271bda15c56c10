package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes a revision in work to its end: hooks before, objects, readiness where it is asked for,
 * hooks after, {@code deployed}. Each call goes as far as that goes without waiting; where it
 * stands is written in the release's record, so it does not matter who makes the next call.
 */
final class Rollout {

  private final ClusterInside inside;
  private final InstantSource clock;
  private final ReleaseId id;
  private final List<Revision> history;
  private final ReleaseSettings settings;
  private final Hooks hooks;

  /**
   * For one release.
   *
   * @param history the newest first; from it follows what may have to go
   */
  Rollout(
      ClusterInside inside,
      InstantSource clock,
      ReleaseId id,
      List<Revision> history,
      ReleaseSettings settings) {
    this.inside = inside;
    this.clock = clock;
    this.id = id;
    this.history = List.copyOf(history);
    this.settings = settings;
    this.hooks = new Hooks(inside, clock);
  }

  /** Where the next step begins, or why there is none now. */
  private sealed interface Step {
    record Next(Revision revision) implements Step {}

    record Stop(Outcome outcome) implements Step {}

    default Step then(Function<Revision, Step> step) {
      return switch (this) {
        case Next(Revision revision) -> step.apply(revision);
        case Stop _ -> this;
      };
    }
  }

  /**
   * What a revision in work, or one that failed, waits for; empty when {@link #go} would do
   * something.
   *
   * @param wanted whether it still is what is wanted; else only a running hook is waited for,
   *     because to begin anew would cut it off
   */
  Optional<String> waits(Revision revision, boolean wanted) {
    RolloutKind kind = RolloutKind.of(revision, history);
    if (settings.atomic() && revision.status().equals("failed") && kind != RolloutKind.ROLLBACK) {
      return Optional.empty();
    }
    Optional<String> before = hooks.waits(revision, before(revision, kind));
    if (before.isPresent() || revision.applied().isEmpty()) {
      return before;
    }
    if (wanted) {
      Optional<String> unready = unready(inside.parts().of(revision));
      boolean late = late(revision) && revision.pending();
      if (unready.isPresent()) {
        return late ? Optional.empty() : unready;
      }
    }
    return hooks.waits(revision, after(revision, kind));
  }

  /** Goes on with a revision; its record is there. */
  Outcome go(Revision revision, List<Part> parts) {
    try {
      return steps(revision, parts);
    } catch (KubeException e) {
      return refused(e, e.refused(), revision);
    } catch (NotDone e) {
      return refused(e, e.outcome() instanceof Outcome.Refused, revision);
    }
  }

  private Outcome refused(RuntimeException e, boolean lasting, Revision revision) {
    if (!lasting) {
      throw e;
    }
    Outcome outcome = failed(revision, String.valueOf(e.getMessage()));
    if (settings.atomic()) {
      return outcome;
    }
    throw e;
  }

  private Outcome steps(Revision start, List<Part> parts) {
    RolloutKind kind = RolloutKind.of(start, history);
    Step last =
        hooks(start, before(start, kind))
            .then(revision -> objects(revision, parts, kind))
            .then(revision -> ready(revision, parts))
            .then(revision -> hooks(revision, after(revision, kind)))
            .then(revision -> new Step.Stop(finish(revision, kind)));
    return switch (last) {
      case Step.Stop(Outcome outcome) -> outcome;
      case Step.Next _ -> throw new IllegalStateException("the last step ends");
    };
  }

  private Step hooks(Revision revision, HookEvent event) {
    return switch (hooks.run(revision, event)) {
      case Hooks.Result.Over(Revision now) -> new Step.Next(now);
      case Hooks.Result.Waits(Revision now, String why) -> waiting(now, why);
      case Hooks.Result.Failed(Revision now, String why) ->
          new Step.Stop(failed(now, "%s hooks failed: %s".formatted(event.name(), why)));
    };
  }

  private Step objects(Revision revision, List<Part> parts, RolloutKind kind) {
    if (revision.applied().isPresent()) {
      return new Step.Next(revision);
    }
    inside
        .writer()
        .apply(
            parts,
            (part, answer) -> inside.drift().applied(SyncRelease.name(revision), part, answer));
    inside.writer().remove(gone(parts), id);
    boolean more = waitsForReady() || hooks.any(revision, after(revision, kind));
    return new Step.Next(more ? inside.records().applied(revision) : revision);
  }

  private List<Part> gone(List<Part> parts) {
    Set<String> there = new HashSet<>();
    parts.forEach(part -> there.add(part.key().identity()));
    return inside.parts().inventory(history).stream()
        .filter(part -> !there.contains(part.key().identity()))
        .toList();
  }

  private Step ready(Revision revision, List<Part> parts) {
    Optional<String> unready = unready(parts);
    if (unready.isEmpty()) {
      return new Step.Next(revision);
    }
    if (late(revision)) {
      String why = "not ready after %s: %s".formatted(settings.timeout(), unready.get());
      return new Step.Stop(failed(revision, why));
    }
    return waiting(revision, unready.get());
  }

  /** Helm's {@code --atomic} waits even where nobody asks for it. */
  private boolean waitsForReady() {
    return settings.awaitReady() || settings.atomic();
  }

  private Optional<String> unready(List<Part> parts) {
    if (!waitsForReady()) {
      return Optional.empty();
    }
    List<Part> waitedFor =
        parts.stream()
            .filter(part -> settings.waitForJobs() || !part.key().kind().equals("Job"))
            .toList();
    return switch (inside.health().worst(waitedFor)) {
      case Health.Healthy _, Health.Missing _ -> Optional.empty();
      case Health.Progressing(String why) -> Optional.of(why);
      case Health.Failing(String why) -> Optional.of(why);
    };
  }

  private boolean late(Revision revision) {
    return revision
        .applied()
        .filter(at -> !clock.instant().isBefore(at.plus(settings.timeout())))
        .isPresent();
  }

  private Step waiting(Revision revision, String why) {
    return new Step.Stop(
        new Outcome.Done(
            revision.secret().key().name(),
            Map.of("revision", Integer.toString(revision.number()), "waits", why)));
  }

  private HookEvent before(Revision revision, RolloutKind kind) {
    return new HookEvent(kind.before(), inside.records().begun(revision), settings.timeout());
  }

  private HookEvent after(Revision revision, RolloutKind kind) {
    Instant since = revision.applied().orElseGet(() -> inside.records().begun(revision));
    return new HookEvent(kind.after(), since, settings.timeout());
  }

  /** Waiting does not help, so the record says failed, as Helm's would. */
  private Outcome failed(Revision revision, String why) {
    Revision newest =
        inside.records().of(id).stream()
            .filter(r -> r.number() == revision.number())
            .findFirst()
            .orElse(revision);
    RolloutKind kind = RolloutKind.of(newest, history);
    Revision failed = inside.records().mark(newest, "failed", kind.failed(id.name(), why));
    if (kind == RolloutKind.UPGRADE && settings.cleanupOnFail()) {
      inside.writer().remove(brought(failed), id);
    }
    if (settings.atomic() && kind != RolloutKind.ROLLBACK) {
      return new WayBack(inside, clock, id, settings).from(failed, why);
    }
    return new Outcome.Refused("Failed", why);
  }

  /** What no earlier revision had. */
  private List<Part> brought(Revision failed) {
    List<Revision> earlier = history.stream().filter(r -> r.number() < failed.number()).toList();
    Set<String> before = new HashSet<>();
    inside.parts().inventory(earlier).forEach(part -> before.add(part.key().identity()));
    return inside.parts().of(failed).stream()
        .filter(part -> !before.contains(part.key().identity()))
        .toList();
  }

  private Outcome finish(Revision revision, RolloutKind kind) {
    Revision deployed =
        inside.records().mark(revision, "deployed", kind.complete(settings.description()));
    for (Revision earlier : history) {
      if (earlier.number() < revision.number() && earlier.deployed()) {
        inside.records().mark(earlier, "superseded", Records.SAME_DESCRIPTION);
      }
    }
    if (settings.historyMax() > 0) {
      inside.records().keep(id, settings.historyMax());
    }
    return deployed
        .givenUp()
        .filter(_ -> kind == RolloutKind.ROLLBACK)
        .<Outcome>map(
            wish ->
                new Outcome.Refused(
                    "RolledBack",
                    "revision %d failed and was rolled back: %s"
                        .formatted(wish.revision(), wish.why())))
        .orElseGet(() -> SyncRelease.done(deployed));
  }
}
