package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedHook.Phase;
import dev.hikkoshi.clusters.render.RenderedHook.Run;
import dev.hikkoshi.clusters.render.RenderedObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs Helm's hooks in one cluster, as far as that goes without waiting, and notes in the release's
 * record how they went. The order is Helm's: by weight, then by name; each only after the one
 * before succeeded.
 *
 * <p>Before a hook is put into the cluster its run is noted as {@code Unknown}, after that as
 * {@code Running}. So a process that dies in between finds out: {@code Unknown} and not there means
 * that it was not begun, {@code Running} and not there that it is gone before its end was seen,
 * which counts as failed. A hook that succeeded is not run again for the same occasion.
 */
final class Hooks {

  private static final String FIRST_DELETE = "before-hook-creation";

  private final ClusterInside inside;
  private final InstantSource clock;
  private final HookOutput output;

  Hooks(ClusterInside inside, InstantSource clock) {
    this.inside = inside;
    this.clock = clock;
    this.output = new HookOutput(inside.connection());
  }

  /** How far an occasion got. */
  sealed interface Result {

    /** Every hook succeeded; the revision as it is now. */
    record Over(Revision revision) implements Result {}

    /** A hook is at work, or an earlier one is still going away. */
    record Waits(Revision revision, String why) implements Result {}

    /** A hook failed, or was not over in time. */
    record Failed(Revision revision, String why) implements Result {}
  }

  /** A hook and where in the record it stands. */
  private record Placed(int place, RenderedHook hook) {

    Phase phase(HookEvent event) {
      return hook.ran()
          .filter(run -> run.started().filter(at -> !at.isBefore(event.since())).isPresent())
          .map(Run::phase)
          .orElse(Phase.FAILED);
    }

    boolean has(String policy) {
      boolean untold = hook.deletePolicies().isEmpty() && policy.equals(FIRST_DELETE);
      return untold || hook.deletePolicies().contains(policy);
    }
  }

  /** What a running hook has come to. */
  private sealed interface End {
    record Good() implements End {}

    record Bad(String why) implements End {}

    record Open(String why) implements End {}
  }

  /** What an occasion waits for; empty when {@link #run} would do something. Nothing is written. */
  Optional<String> waits(Revision revision, HookEvent event) {
    for (Placed placed : of(revision, event)) {
      switch (placed.phase(event)) {
        case SUCCEEDED -> {}
        case RUNNING -> {
          return end(revision, placed, event) instanceof End.Open(String why)
              ? Optional.of(why)
              : Optional.empty();
        }
        case FAILED -> {
          return going(revision, placed);
        }
        case UNKNOWN -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Whether there is anything to run. */
  boolean any(Revision revision, HookEvent event) {
    return !of(revision, event).isEmpty();
  }

  /** Goes on with an occasion. */
  Result run(Revision start, HookEvent event) {
    Revision revision = start;
    List<Placed> all = of(start, event);
    for (int i = 0; i < all.size(); i++) {
      Placed placed = all.get(i);
      Phase phase = placed.phase(event);
      if (phase == Phase.SUCCEEDED) {
        continue;
      }
      Run run = placed.hook().ran().orElseGet(() -> begun(event));
      if (phase == Phase.FAILED) {
        Optional<String> going = remove(revision, placed, FIRST_DELETE);
        if (going.isPresent()) {
          return new Result.Waits(revision, going.get());
        }
        run = begun(event);
        revision = inside.records().ran(revision, Map.of(placed.place(), run));
      }
      if (phase != Phase.RUNNING) {
        put(revision, placed);
        run = new Run(run.startedAt(), null, Phase.RUNNING);
        revision = inside.records().ran(revision, Map.of(placed.place(), run));
      }
      switch (end(revision, again(revision, placed), event)) {
        case End.Open(String why) -> {
          return new Result.Waits(revision, why);
        }
        case End.Good _ -> revision = ended(revision, placed, run, Phase.SUCCEEDED);
        case End.Bad(String why) -> {
          String said = why + output.of(placed.hook(), key(revision, placed), secrets(revision));
          revision = ended(revision, placed, run, Phase.FAILED);
          clean(revision, List.of(placed), "hook-failed");
          clean(revision, all.subList(0, i), "hook-succeeded");
          return new Result.Failed(revision, said);
        }
      }
    }
    clean(revision, all.reversed(), "hook-succeeded");
    return new Result.Over(revision);
  }

  /** Not before its occasion, whatever the clock of the process that began that one. */
  private Run begun(HookEvent event) {
    Instant now = clock.instant();
    return Run.begun(now.isBefore(event.since()) ? event.since() : now, Phase.UNKNOWN);
  }

  private List<Placed> of(Revision revision, HookEvent event) {
    List<RenderedHook> recorded = inside.records().read(revision).hooks();
    List<Placed> hooks = new ArrayList<>();
    for (int place = 0; place < recorded.size(); place++) {
      if (recorded.get(place).events().contains(event.name())) {
        hooks.add(new Placed(place, recorded.get(place)));
      }
    }
    // The record has them in order of kind, and that order stays among equals.
    hooks.sort(
        Comparator.comparingInt((Placed p) -> p.hook().weight())
            .thenComparing(p -> p.hook().object().at("/metadata/name").asText()));
    return hooks;
  }

  private Placed again(Revision revision, Placed placed) {
    return new Placed(placed.place(), inside.records().read(revision).hooks().get(placed.place()));
  }

  private Revision ended(Revision revision, Placed placed, Run run, Phase how) {
    return inside.records().ran(revision, Map.of(placed.place(), run.ended(clock.instant(), how)));
  }

  private End end(Revision revision, Placed placed, HookEvent event) {
    ObjectKey key = key(revision, placed);
    if (!HookEnd.waitedFor(key)) {
      return new End.Good();
    }
    Optional<LiveObject> there = find(key);
    if (there.isEmpty()) {
      return new End.Bad(key.path() + " is gone before its end was seen");
    }
    return switch (HookEnd.of(there.get())) {
      case HookEnd.Good _ -> new End.Good();
      case HookEnd.Bad(String why) -> new End.Bad(key.path() + " failed: " + why);
      case HookEnd.Open _ -> open(placed, event, key);
    };
  }

  private End open(Placed placed, HookEvent event, ObjectKey key) {
    Instant began = placed.hook().ran().flatMap(Run::started).orElse(event.since());
    String sentence = "%s hook %s".formatted(event.name(), key.path());
    return clock.instant().isBefore(began.plus(event.timeout()))
        ? new End.Open(sentence + " runs since " + began)
        : new End.Bad(sentence + " is not over after " + event.timeout());
  }

  /** Whether an earlier object of that name is on its way out. */
  private Optional<String> going(Revision revision, Placed placed) {
    ObjectKey key = key(revision, placed);
    return placed.has(FIRST_DELETE)
        ? find(key).filter(Hooks::leaving).map(_ -> leaving(key))
        : Optional.empty();
  }

  private static boolean leaving(LiveObject object) {
    return !object.at("/metadata/deletionTimestamp").asText().isEmpty();
  }

  private static String leaving(ObjectKey key) {
    return key.path() + " of an earlier run is being deleted";
  }

  private void put(Revision revision, Placed placed) {
    ObjectKey key = key(revision, placed);
    ObjectNode body = placed.hook().object().deepCopy();
    ObjectNode metadata = body.withObject("/metadata");
    if (key.namespace().isEmpty()) {
      metadata.remove("namespace");
    } else {
      metadata.put("namespace", key.namespace());
    }
    inside.connection().api().apply(path(key), Adoption.MANAGER, body, false);
  }

  private void clean(Revision revision, List<Placed> hooks, String policy) {
    hooks.forEach(placed -> remove(revision, placed, policy));
  }

  /** Deletes what a policy asks for; the sentence says what is still going. */
  private Optional<String> remove(Revision revision, Placed placed, String policy) {
    ObjectKey key = key(revision, placed);
    if (!placed.has(policy) || key.kind().equals("CustomResourceDefinition")) {
      return Optional.empty();
    }
    Optional<LiveObject> there = find(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (!leaving(there.get())) {
      inside.connection().api().delete(path(key), there.get().uid());
    }
    return find(key).map(_ -> leaving(key));
  }

  private Optional<LiveObject> find(ObjectKey key) {
    return inside.connection().api().get(path(key)).map(LiveObject::of);
  }

  private String path(ObjectKey key) {
    return inside.writer().resource(key).object(key.namespace(), key.name());
  }

  private ObjectKey key(Revision revision, Placed placed) {
    RenderedObject object = new RenderedObject(placed.hook().source(), placed.hook().object());
    return Part.key(object, revision.id(), new Scopes(inside.connection().discovery(), List.of()));
  }

  /** Objects of the release that hold what nobody may read. */
  private List<ObjectNode> secrets(Revision revision) {
    List<ObjectNode> secrets = new ArrayList<>();
    inside.records().read(revision).objects().forEach(o -> secrets.add(o.object()));
    inside.records().read(revision).hooks().forEach(h -> secrets.add(h.object()));
    secrets.removeIf(object -> !object.path("kind").asText().equals("Secret"));
    return secrets;
  }
}
