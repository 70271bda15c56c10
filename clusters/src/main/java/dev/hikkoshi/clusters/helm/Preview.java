package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What syncing a release would change in a cluster. The API server says so itself: each object is
 * applied as a dry run, because only it knows defaults, normal forms and webhooks. Nothing is
 * written. Fields that differ at each rendering (passwords, dates) are as they are there, and what
 * Hikkoshi keeps from running on this side stays so.
 */
public final class Preview {

  private static final int WIDTH = 8;

  private final KubeApi api;
  private final Discovery discovery;
  private final RenderPool pool;

  /**
   * Of one cluster.
   *
   * @param pool unpacks Helm's records
   */
  public Preview(KubeApi api, Discovery discovery, RenderPool pool) {
    this.api = api;
    this.discovery = discovery;
    this.pool = pool;
  }

  /** One object that would change. */
  public sealed interface Change {

    /** Which one, where it lands. */
    ObjectKey key();
  }

  /** It would be made. */
  public record Added(ObjectKey key, ObjectNode object) implements Change {}

  /** It would be another. Both sides without status and the server's bookkeeping. */
  public record Changed(ObjectKey key, ObjectNode before, ObjectNode after) implements Change {}

  /** It would be deleted. */
  public record Removed(ObjectKey key) implements Change {}

  /** The server refuses it, or cannot say. */
  public record Refused(ObjectKey key, String why) implements Change {}

  /**
   * The changes, by path.
   *
   * @throws KubeException when the cluster does not answer
   */
  public List<Change> of(ReleaseId release, RenderedChart chart) {
    List<ObjectNode> definitions =
        chart.objects().stream().map(RenderedObject::object).filter(Scopes::isDefinition).toList();
    List<ObjectNode> all = new ArrayList<>(definitions);
    chart.crds().forEach(crd -> all.add(crd.object()));
    Scopes scopes = new Scopes(discovery, all);
    List<Change> changes = new ArrayList<>();
    Set<String> wanted = new HashSet<>();
    try (Parallel parallel = new Parallel(WIDTH)) {
      parallel
          .map(chart.objects(), rendered -> change(rendered, release, scopes))
          .forEach(change -> change.ifPresent(changes::add));
    }
    chart.objects().forEach(o -> wanted.add(Part.key(o, release, scopes).identity()));
    changes.addAll(removed(release, wanted, scopes));
    changes.sort(Comparator.comparing(Change::key));
    return changes;
  }

  private Optional<Change> change(RenderedObject rendered, ReleaseId release, Scopes scopes) {
    ObjectKey key = Part.key(rendered, release, scopes);
    Optional<Resource> resource = discovery.find(key.apiVersion(), key.kind());
    if (resource.isEmpty()) {
      // Its kind comes with a CRD of this very release, or never.
      return Optional.of(new Added(key, Part.of(rendered, release, scopes).body()));
    }
    String path = resource.get().object(key.namespace(), key.name());
    Optional<ObjectNode> there = api.get(path);
    List<RenderedObject> kept =
        Unstable.kept(List.of(rendered), Map.of(), _ -> there.map(JsonNode.class::cast));
    RenderedObject settled = Pauses.asThere(kept.getFirst(), there);
    ObjectNode body = Part.of(settled, release, scopes).body();
    there.ifPresent(live -> withoutScaled(body, live));
    try {
      ObjectNode after =
          LiveObject.withoutBookkeeping(api.apply(path, Adoption.MANAGER, body, true));
      if (there.isEmpty()) {
        return Optional.of(new Added(key, after));
      }
      ObjectNode before = LiveObject.withoutBookkeeping(there.get());
      return before.equals(after) ? Optional.empty() : Optional.of(new Changed(key, before, after));
    } catch (KubeException e) {
      if (!e.refused()) {
        throw e;
      }
      // In a namespace that the sync itself would make the server can say nothing yet.
      return Optional.of(
          there.isEmpty() && e.getMessage() != null && e.getMessage().contains("namespaces")
              ? new Added(key, body)
              : new Refused(key, String.valueOf(e.getMessage())));
    }
  }

  /** Replicas that an autoscaler or a person set are theirs, as when it is applied. */
  private static void withoutScaled(ObjectNode body, ObjectNode live) {
    for (JsonNode entry : live.at("/metadata/managedFields")) {
      boolean scale = entry.path("subresource").asText().equals("scale");
      boolean replicas = entry.path("fieldsV1").path("f:spec").has("f:replicas");
      if (scale && replicas && body.get("spec") instanceof ObjectNode spec) {
        spec.remove("replicas");
      }
    }
  }

  /** What Helm's last deployed record has and the new render has not. */
  private List<Change> removed(ReleaseId release, Set<String> wanted, Scopes scopes) {
    List<Change> removed = new ArrayList<>();
    for (RenderedObject recorded : deployed(release)) {
      ObjectKey key = Part.key(recorded, release, scopes);
      Optional<Resource> resource = discovery.find(key.apiVersion(), key.kind());
      if (wanted.contains(key.identity()) || resource.isEmpty()) {
        continue;
      }
      api.get(resource.get().object(key.namespace(), key.name()))
          .filter(there -> Part.owner(there).equals(Optional.of(release)))
          .filter(there -> !Part.keep(there) && !Part.keep(recorded.object()))
          .ifPresent(_ -> removed.add(new Removed(key)));
    }
    return removed;
  }

  private List<RenderedObject> deployed(ReleaseId release) {
    String selector = "labelSelector=owner%3Dhelm,status%3Ddeployed,name%3D" + release.name();
    List<ObjectNode> secrets =
        api.list("/api/v1/namespaces/" + release.namespace() + "/secrets", selector).items();
    return secrets.stream()
        .max(Comparator.comparingInt(secret -> secret.at("/metadata/labels/version").asInt()))
        .map(pool::decode)
        .map(ReleaseRecord::objects)
        .orElse(List.of());
  }
}
