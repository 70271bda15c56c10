package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Puts parts of releases into one cluster and takes them out. */
final class ObjectWriter {

  private static final Duration CRD_PATIENCE = Duration.ofSeconds(15);
  private static final Duration CRD_POLL = Duration.ofMillis(100);

  private final Connection cluster;
  private final Parallel parallel;
  private final Replicas replicas;

  ObjectWriter(Connection cluster, Parallel parallel) {
    this.cluster = cluster;
    this.parallel = parallel;
    this.replicas = new Replicas(cluster.live());
  }

  /** What is there now: from the watches, else (it may lack Helm's label) from the server. */
  Optional<LiveObject> current(ObjectKey key) {
    Optional<Resource> resource = cluster.discovery().find(key.apiVersion(), key.kind());
    return resource.flatMap(
        r ->
            cluster
                .live()
                .find(key)
                .or(
                    () ->
                        cluster
                            .api()
                            .get(r.object(key.namespace(), key.name()))
                            .map(LiveObject::of)));
  }

  /**
   * Refuses a release that would take over what is not its own, as Helm does; nothing is written.
   *
   * @param inventory identities of what earlier revisions of the release had: of those a lost label
   *     is drift
   */
  void checkOwners(List<Part> parts, ReleaseId release, Collection<String> inventory) {
    List<String> foreign =
        parallel.map(parts, part -> foreign(part, release, inventory)).stream()
            .flatMap(Optional::stream)
            .toList();
    if (!foreign.isEmpty()) {
      throw NotDone.refused("NotOwned", String.join("; ", foreign));
    }
  }

  private Optional<String> foreign(Part part, ReleaseId release, Collection<String> inventory) {
    return current(part.key())
        .flatMap(
            there -> {
              Optional<ReleaseId> owner = Part.owner(there.tree());
              if (owner.isEmpty() && !inventory.contains(part.key().identity())) {
                return Optional.of(
                    part.key().path()
                        + " is there already and belongs to no release; Helm's label and annotations would adopt it");
              }
              return owner
                  .filter(o -> !o.equals(release))
                  .map(o -> part.key().path() + " belongs to release " + o);
            });
  }

  /**
   * Applies in the order given, objects of one kind side by side, and waits until the kinds that it
   * defines are served.
   */
  void apply(List<Part> parts, BiConsumer<Part, ObjectNode> applied) {
    for (List<Part> batch : byKind(parts)) {
      parallel.map(
          batch,
          part -> {
            ObjectNode answer = apply(part, parts);
            applied.accept(part, answer);
            return answer;
          });
      batch.stream()
          .filter(p -> Scopes.isDefinition(p.body()))
          .forEach(p -> awaitServed(p.key(), p.body()));
    }
  }

  /** Helm installs the CRDs of {@code crds/} once and never changes them. */
  void createDefinitions(Collection<ObjectNode> definitions) {
    parallel.map(
        definitions,
        definition -> {
          ObjectKey key = ObjectKey.of(definition);
          Resource resource = resource(key);
          String path = resource.object("", key.name());
          if (cluster.api().get(path).isEmpty()) {
            cluster.api().create(resource.everywhere(), Adoption.MANAGER, definition);
          }
          return key;
        });
    definitions.forEach(definition -> awaitServed(ObjectKey.of(definition), definition));
  }

  private ObjectNode apply(Part part, List<Part> release) {
    ObjectKey key = part.key();
    String path = resource(key).object(key.namespace(), key.name());
    Optional<LiveObject> there = current(key);
    Optional<ArrayNode> migration = there.flatMap(o -> Adoption.patch(o.tree()));
    if (migration.isPresent()) {
      there =
          Optional.of(LiveObject.of(cluster.api().patch(path, Adoption.MANAGER, migration.get())));
    }
    ObjectNode body = there.map(o -> replicas.body(part, o, release)).orElse(part.body());
    ObjectNode answer = cluster.api().apply(path, Adoption.MANAGER, body, false);
    cluster.live().put(answer);
    return answer;
  }

  /** What the object would be after an apply; nothing is written. */
  ObjectNode dryRun(Part part, LiveObject there, List<Part> release) {
    ObjectKey key = part.key();
    String path = resource(key).object(key.namespace(), key.name());
    return cluster.api().apply(path, Adoption.MANAGER, body(part, there, release), true);
  }

  /** What an apply would send over a live object. */
  ObjectNode body(Part part, LiveObject there, List<Part> release) {
    return replicas.body(part, there, release);
  }

  /** Removes what the release owns and nobody asked to keep, in reverse order of installation. */
  void remove(List<Part> parts, ReleaseId release) {
    for (List<Part> batch : byKind(parts.reversed())) {
      parallel.map(batch, part -> remove(part, release));
    }
  }

  private boolean remove(Part part, ReleaseId release) {
    Optional<LiveObject> there = current(part.key());
    if (there.isEmpty()
        || !Part.owner(there.get().tree()).equals(Optional.of(release))
        || Part.keep(there.get().tree())
        || Part.keep(part.body())) {
      return false;
    }
    String path = resource(part.key()).object(part.key().namespace(), part.key().name());
    return cluster.api().delete(path, there.get().uid());
  }

  Resource resource(ObjectKey key) {
    return cluster
        .discovery()
        .find(key.apiVersion(), key.kind())
        .orElseThrow(
            () ->
                NotDone.refused(
                    "NoSuchKind",
                    "%s: this cluster serves no %s/%s"
                        .formatted(key.path(), key.apiVersion(), key.kind())));
  }

  private void awaitServed(ObjectKey definition, ObjectNode body) {
    String path = resource(definition).object("", definition.name());
    long until = System.nanoTime() + CRD_PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      if (cluster.api().get(path).filter(ObjectWriter::established).isPresent() && served(body)) {
        return;
      }
      pause();
    }
    throw NotDone.unclear(definition.path() + " is not served after " + CRD_PATIENCE);
  }

  private static boolean established(ObjectNode definition) {
    for (JsonNode condition : definition.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Established")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private boolean served(ObjectNode definition) {
    return Scopes.apiVersions(definition).stream()
        .filter(v -> v.indexOf('/') != v.lastIndexOf('/'))
        .allMatch(
            v -> {
              int slash = v.lastIndexOf('/');
              return cluster
                  .discovery()
                  .find(v.substring(0, slash), v.substring(slash + 1))
                  .isPresent();
            });
  }

  private static void pause() {
    try {
      Thread.sleep(CRD_POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NotDone.unclear("interrupted");
    }
  }

  private static List<List<Part>> byKind(List<Part> parts) {
    List<List<Part>> batches = new ArrayList<>();
    for (Part part : parts) {
      boolean same =
          !batches.isEmpty() && batches.getLast().getFirst().key().kind().equals(part.key().kind());
      if (!same) {
        batches.add(new ArrayList<>());
      }
      batches.getLast().add(part);
    }
    return batches;
  }
}
