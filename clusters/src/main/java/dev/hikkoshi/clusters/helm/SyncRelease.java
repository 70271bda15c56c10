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
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
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
  private final WantedRelease release;
  private final ReleaseId id;
  private final List<Revision> history;

  /** What is about to be applied, and the revision that says so. */
  private record Begun(Revision revision, List<Part> parts) {}

  SyncRelease(ClusterInside inside, InstantSource clock, Wanted wanted, WantedRelease release) {
    this.inside = inside;
    this.clock = clock;
    this.wanted = wanted;
    this.release = release;
    this.id = release.id();
    this.history = inside.records().of(id);
  }

  Outcome run() {
    notWhileOthersWrite();
    String kubeVersion = inside.connection().live().fresh();
    RenderedRelease rendered = rendered(kubeVersion, ClusterInside.standing(history));
    Optional<Revision> standing =
        history.stream()
            .findFirst()
            .filter(r -> r.number() == rendered.request().release().revision())
            .filter(r -> r.hash().equals(Optional.of(inside.hash(rendered, history))));
    if (standing.filter(Revision::deployed).isPresent()) {
      return done(standing.get());
    }
    Begun begun =
        standing.isPresent()
            ? takeOver(standing.get(), rendered)
            : begin(rendered(kubeVersion, nextNumber()));
    apply(begun);
    finish(begun.revision());
    return done(begun.revision());
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
      case Attempt.Good(RenderedRelease good) -> {
        if (!good.hooks().isEmpty()) {
          throw NotDone.refused(
              "HelmHooks", id + " has Helm hooks, which are not supported yet: " + good.hooks());
        }
        yield good;
      }
      case Attempt.Bad(String problem) -> throw NotDone.refused("Render", problem);
      case null -> throw NotDone.changed(id + " is not wanted");
    };
  }

  private int nextNumber() {
    return history.isEmpty() ? 1 : history.getFirst().number() + 1;
  }

  /** A revision of ours with the same manifests was left in the middle: it goes on. */
  private Begun takeOver(Revision left, RenderedRelease rendered) {
    List<Part> parts = inside.parts().of(left);
    check(parts);
    inside.writer().createDefinitions(crds(rendered));
    Revision revision =
        left.pending()
            ? left
            : inside.records().mark(left, pending(), "Taken up again after it was left behind");
    return new Begun(revision, parts);
  }

  private Begun begin(RenderedRelease rendered) {
    Map<String, Unstable.Recorded> recorded = inside.recorded(history);
    Scopes scopes = inside.scopes(rendered);
    List<RenderedObject> objects =
        Unstable.kept(
            rendered.chart().objects(),
            recorded,
            o -> inside.writer().current(Part.key(o, id, scopes)).map(LiveObject::tree));
    List<Part> parts = Part.of(objects, id, scopes);
    check(parts);
    if (release.settings().createNamespace()) {
      createNamespace();
    }
    String hash = Unstable.hash(rendered.chart().objects(), Map.of());
    Revision revision = inside.records().begin(rendered.request(), objects, hash, !everDeployed());
    inside.writer().createDefinitions(crds(rendered));
    return new Begun(revision, parts);
  }

  private void check(List<Part> parts) {
    Set<String> inventory =
        inside.parts().inventory(history).stream()
            .map(part -> part.key().identity())
            .collect(Collectors.toSet());
    inside.writer().checkOwners(parts, id, inventory);
  }

  private void apply(Begun begun) {
    try {
      inside
          .writer()
          .apply(
              begun.parts(),
              (part, answer) -> inside.drift().applied(name(begun.revision()), part, answer));
      inside.writer().remove(gone(begun), id);
    } catch (KubeException e) {
      if (e.refused()) {
        fail(begun.revision(), String.valueOf(e.getMessage()));
      }
      throw e;
    } catch (NotDone e) {
      if (e.outcome() instanceof Outcome.Refused) {
        fail(begun.revision(), String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /** Waiting does not help, so the record says failed, as Helm's would. */
  private void fail(Revision revision, String why) {
    String description = "%s failed: %s".formatted(everDeployed() ? "Upgrade" : "Install", why);
    inside.records().mark(revision, "failed", description);
  }

  private List<Part> gone(Begun begun) {
    Set<String> there = new HashSet<>();
    begun.parts().forEach(part -> there.add(part.key().identity()));
    return inside.parts().inventory(history).stream()
        .filter(part -> !there.contains(part.key().identity()))
        .toList();
  }

  private void finish(Revision revision) {
    inside
        .records()
        .mark(revision, "deployed", everDeployed() ? "Upgrade complete" : "Install complete");
    for (Revision earlier : history) {
      if (earlier.number() < revision.number() && earlier.deployed()) {
        inside.records().mark(earlier, "superseded", "Superseded by revision " + revision.number());
      }
    }
    if (release.settings().historyMax() > 0) {
      inside.records().of(id).stream()
          .skip(release.settings().historyMax())
          .forEach(inside.records()::delete);
    }
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

  private boolean everDeployed() {
    return history.stream().anyMatch(r -> r.deployed() || r.status().equals("superseded"));
  }

  private String pending() {
    return everDeployed() ? "pending-upgrade" : "pending-install";
  }

  private static List<ObjectNode> crds(RenderedRelease rendered) {
    return rendered.chart().crds().stream().map(RenderedObject::object).toList();
  }

  /** Names what was applied, whatever the status of its record. */
  static String name(Revision revision) {
    return revision.id() + "/" + revision.number() + "/" + revision.hash().orElse("");
  }

  private static Outcome done(Revision revision) {
    return Outcome.done(
        revision.secret().key().name(), "revision", Integer.toString(revision.number()));
  }
}
