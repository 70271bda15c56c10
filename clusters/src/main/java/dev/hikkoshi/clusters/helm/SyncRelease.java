package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Brings one release to what is wanted. The record comes first, so that whatever happens after it,
 * the next pass knows what may be in the cluster and goes on from there.
 */
final class SyncRelease {

  /** After this long a pending revision that is not ours counts as left behind. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(15);

  private final ClusterInside inside;
  private final InstantSource clock;
  private final Wanted wanted;
  private final ReleaseSettings settings;
  private final ReleaseId id;
  private final List<Revision> history;

  SyncRelease(ClusterInside inside, InstantSource clock, Wanted wanted, WantedRelease release) {
    this.inside = inside;
    this.clock = clock;
    this.wanted = wanted;
    this.settings = release.settings();
    this.id = release.id();
    this.history = inside.records().of(id);
  }

  Outcome run() {
    notWhileOthersWrite();
    String kubeVersion = inside.connection().live().fresh();
    Optional<Revision> newest = history.stream().findFirst().filter(Revision::ours);
    Optional<GivenUp> wish = newest.flatMap(Revision::givenUp);
    if (wish.isPresent() && newest.get().uninstalling()) {
      return wayBack().undo(newest.get(), wish.get());
    }
    RenderedRelease rendered = rendered(kubeVersion, ClusterInside.standing(history));
    String hash = inside.hash(rendered, history);
    if (wish.filter(w -> w.hash().equals(hash)).isPresent()) {
      return goBack(newest.get(), wish.get());
    }
    Optional<Revision> same =
        newest.filter(r -> r.hash().equals(Optional.of(hash)) && !r.status().startsWith("uninst"));
    if (same.isPresent()) {
      return goOn(same.get(), rendered);
    }
    newest.ifPresent(this::notWhileItsHooksRun);
    return begin(rendered(kubeVersion, nextNumber()));
  }

  private Outcome goBack(Revision newest, GivenUp wish) {
    return newest.deployed()
        ? new Outcome.Refused(
            "GivenUp",
            "revision %d failed and was rolled back: %s".formatted(wish.revision(), wish.why()))
        : resume(newest);
  }

  private Outcome goOn(Revision newest, RenderedRelease rendered) {
    if (newest.deployed()) {
      return done(newest);
    }
    if (settings.atomic() && newest.status().equals("failed")) {
      return wayBack().from(newest, inside.records().read(newest).description());
    }
    inside.writer().createDefinitions(crds(rendered));
    return resume(newest);
  }

  private void notWhileItsHooksRun(Revision newest) {
    boolean inWork = newest.pending() || newest.status().equals("failed");
    Optional<String> waits = inWork ? rollout().waits(newest, false) : Optional.empty();
    if (waits.isPresent()) {
      throw NotDone.changed(
          "revision %d of %s is in work: %s".formatted(newest.number(), id, waits.get()));
    }
  }

  private WayBack wayBack() {
    return new WayBack(inside, clock, id, settings);
  }

  private Rollout rollout() {
    return new Rollout(inside, clock, id, history, settings);
  }

  private void notWhileOthersWrite() {
    Optional<Revision> busy =
        history.stream()
            .findFirst()
            .filter(r -> r.pending() && !r.ours())
            .filter(r -> clock.instant().isBefore(r.writtenAt().plus(LEFT_BEHIND)));
    if (busy.isPresent()) {
      throw NotDone.changed(
          "revision %d of %s is being written by somebody else (%s)"
              .formatted(busy.get().number(), id, busy.get().status()));
    }
  }

  private RenderedRelease rendered(String kubeVersion, int revision) {
    SortedMap<ReleaseId, Attempt> attempts =
        inside
            .renderer()
            .all(
                kubeVersion,
                wanted,
                other ->
                    other.equals(id)
                        ? revision
                        : ClusterInside.standing(inside.records().of(other)));
    return switch (attempts.get(id)) {
      case Attempt.Good(RenderedRelease good) -> good;
      case Attempt.Bad(String problem) -> throw NotDone.refused("Render", problem);
      case null -> throw NotDone.changed(id + " is not wanted");
    };
  }

  private int nextNumber() {
    return history.isEmpty() ? 1 : history.getFirst().number() + 1;
  }

  /** A revision of ours was left in the middle, or failed: it goes on. */
  private Outcome resume(Revision left) {
    List<Part> parts = inside.parts().of(left);
    check(parts);
    String pending = RolloutKind.of(left, history).pending();
    Revision revision =
        left.pending()
            ? left
            : inside.records().mark(left, pending, "Taken up again after it was left behind");
    return rollout().go(revision, parts);
  }

  private Outcome begin(RenderedRelease rendered) {
    Map<String, Unstable.Recorded> recorded = inside.recorded(history);
    Scopes scopes = inside.scopes(rendered);
    List<RenderedObject> objects =
        Unstable.kept(
            rendered.chart().objects(),
            recorded,
            o -> inside.writer().current(Part.key(o, id, scopes)).map(LiveObject::tree));
    List<Part> parts = Part.of(objects, id, scopes);
    check(parts);
    if (settings.createNamespace()) {
      createNamespace();
    }
    history.stream().findFirst().filter(r -> r.ours() && r.pending()).ifPresent(this::leave);
    Records.Content content =
        new Records.Content(
            objects,
            rendered.chart().hooks(),
            rendered.chart().notes(),
            Unstable.text(rendered.all()));
    String hash = Unstable.hash(rendered.all(), Map.of());
    boolean install = !RolloutKind.everDeployed(history);
    Revision revision = inside.records().begin(rendered.request(), content, hash, install);
    inside.writer().createDefinitions(crds(rendered));
    return rollout().go(revision, parts);
  }

  /** Nobody goes on with it: what it brought is in the inventory of the next. */
  private void leave(Revision pending) {
    String why = "Left for revision " + nextNumber();
    inside.records().mark(pending, "failed", why);
  }

  private void check(List<Part> parts) {
    Set<String> inventory =
        inside.parts().inventory(history).stream()
            .map(part -> part.key().identity())
            .collect(Collectors.toSet());
    inside.writer().checkOwners(parts, id, inventory);
  }

  private void createNamespace() {
    ObjectNode namespace = Trees.object().put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", id.namespace());
    if (inside.connection().api().get("/api/v1/namespaces/" + id.namespace()).isPresent()) {
      return;
    }
    try {
      inside.connection().api().create("/api/v1/namespaces", Adoption.MANAGER, namespace);
    } catch (KubeException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }

  private static List<ObjectNode> crds(RenderedRelease rendered) {
    return rendered.chart().crds().stream().map(RenderedObject::object).toList();
  }

  /** Names what was applied, whatever the status of its record. */
  static String name(Revision revision) {
    return revision.id() + "/" + revision.number() + "/" + revision.hash().orElse("");
  }

  static Outcome done(Revision revision) {
    return Outcome.done(
        revision.secret().key().name(), "revision", Integer.toString(revision.number()));
  }
}
