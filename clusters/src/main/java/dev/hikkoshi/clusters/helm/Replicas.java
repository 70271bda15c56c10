package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Replicas that somebody else decides: an autoscaler, or a person through {@code kubectl scale}.
 * They are left out of what is applied, or each apply would undo them.
 */
final class Replicas {

  private final LiveObjects live;

  Replicas(LiveObjects live) {
    this.live = live;
  }

  /**
   * What to apply over a live object.
   *
   * @param release all parts of the release, because it may bring the autoscaler itself
   */
  ObjectNode body(Part part, LiveObject there, Collection<Part> release) {
    boolean ours = Pauses.marked(part.body()) || Pauses.marked(there.tree());
    if (ours || part.body().at("/spec/replicas").isMissingNode()) {
      // Pausing and letting run again decide replicas; an autoscaler leaves none alone at none.
      return part.body();
    }
    boolean scaled = scaledBy(there);
    if (!scaled && !autoscaled(part.key(), release)) {
      return part.body();
    }
    ObjectNode body = part.body().deepCopy();
    if (scaled || ownedByOther(there)) {
      ((ObjectNode) body.get("spec")).remove("replicas");
    } else {
      // Leaving out a field that only Helm owns would remove it, and the default is 1.
      ((ObjectNode) body.get("spec")).set("replicas", there.at("/spec/replicas"));
    }
    return body;
  }

  private static boolean scaledBy(LiveObject there) {
    for (JsonNode entry : there.at("/metadata/managedFields")) {
      if (entry.path("subresource").asText().equals("scale") && hasReplicas(entry)) {
        return true;
      }
    }
    return false;
  }

  private static boolean ownedByOther(LiveObject there) {
    for (JsonNode entry : there.at("/metadata/managedFields")) {
      boolean helm =
          entry.path("manager").asText().equals(Adoption.MANAGER)
              && entry.path("operation").asText().equals("Apply");
      if (!helm && hasReplicas(entry)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasReplicas(JsonNode entry) {
    return entry.path("fieldsV1").path("f:spec").has("f:replicas");
  }

  private boolean autoscaled(ObjectKey key, Collection<Part> release) {
    Stream<JsonNode> running =
        live.in(key.namespace(), "autoscaling/v2", "HorizontalPodAutoscaler").map(LiveObject::tree);
    Stream<JsonNode> coming =
        release.stream()
            .filter(p -> p.key().kind().equals("HorizontalPodAutoscaler"))
            .filter(p -> p.key().namespace().equals(key.namespace()))
            .map(Part::body);
    return Stream.concat(running, coming)
        .map(autoscaler -> autoscaler.at("/spec/scaleTargetRef"))
        .anyMatch(
            target ->
                target.path("kind").asText().equals(key.kind())
                    && target.path("name").asText().equals(key.name()));
  }
}
