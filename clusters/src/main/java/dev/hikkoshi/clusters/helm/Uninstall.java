package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a release of ours out of a cluster with its hooks and its history, as {@code helm
 * uninstall} does; as far as that goes without waiting.
 */
final class Uninstall {

  /** Helm's sentence. */
  static final String UNDERWAY = "Deletion in progress (or silently failed)";

  /** Helm's default; a release that is not wanted any more says nothing of its timeout. */
  static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final ClusterInside inside;
  private final Duration timeout;
  private final Hooks hooks;

  Uninstall(ClusterInside inside, InstantSource clock, Duration timeout) {
    this.inside = inside;
    this.timeout = timeout;
    this.hooks = new Hooks(inside, clock);
  }

  /** What a release that is being removed waits for; empty when {@link #run} would go on. */
  Optional<String> waits(Revision newest) {
    if (!newest.uninstalling()) {
      return Optional.empty();
    }
    return newest.applied().isEmpty()
        ? hooks.waits(newest, before(newest))
        : hooks.waits(newest, after(newest.applied().get()));
  }

  Outcome run(ReleaseId id) {
    List<Revision> history = new ArrayList<>(inside.records().of(id));
    if (history.isEmpty()) {
      return Outcome.done("");
    }
    if (!history.getFirst().ours()) {
      throw NotDone.changed("the newest revision of %s is not ours".formatted(id));
    }
    List<Part> parts = inside.parts().inventory(history);
    Revision newest = history.getFirst();
    if (!newest.uninstalling()) {
      newest = inside.records().remove(newest, UNDERWAY, Map.of());
    }
    return newest.applied().isPresent()
        ? after(newest, history)
        : switch (hooks.run(newest, before(newest))) {
          case Hooks.Result.Waits(Revision now, String why) -> waiting(now, why);
          case Hooks.Result.Failed(_, String why) ->
              new Outcome.Refused("Failed", "pre-delete hooks failed: " + why);
          case Hooks.Result.Over(Revision now) -> {
            inside.writer().remove(parts, id);
            yield after(hooks.any(now, before(now)) ? inside.records().applied(now) : now, history);
          }
        };
  }

  private Outcome after(Revision newest, List<Revision> history) {
    Instant since = newest.applied().orElseGet(() -> inside.records().begun(newest));
    return switch (hooks.run(newest, after(since))) {
      case Hooks.Result.Waits(Revision now, String why) -> waiting(now, why);
      case Hooks.Result.Failed(_, String why) ->
          new Outcome.Refused("Failed", "post-delete hooks failed: " + why);
      case Hooks.Result.Over(Revision now) -> {
        // The newest goes last: as long as it is there, the next pass knows that something is left.
        history.set(0, now);
        history.reversed().forEach(inside.records()::delete);
        yield Outcome.done(now.secret().key().name());
      }
    };
  }

  private HookEvent before(Revision newest) {
    return new HookEvent("pre-delete", inside.records().begun(newest), timeout);
  }

  private HookEvent after(Instant since) {
    return new HookEvent("post-delete", since, timeout);
  }

  private static Outcome waiting(Revision revision, String why) {
    return new Outcome.Done(
        revision.secret().key().name(),
        Map.of("revision", Integer.toString(revision.number()), "waits", why));
  }
}
