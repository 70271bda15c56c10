package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import java.util.Optional;
import java.util.Set;

/**
 * Turns fields that were written by client-side apply into fields of server-side apply. Without it
 * a field that the chart drops later stays for ever, because its old owner still holds it. The same
 * is done by client-go's {@code csaupgrade}, which Helm 4 uses.
 */
final class Adoption {

  /** Helm's field manager, the same in version 3 and 4. */
  static final String MANAGER = "helm";

  private static final Set<String> CLIENT_SIDE = Set.of(MANAGER, "kubectl-client-side-apply");

  private Adoption() {}

  /** The patch that makes an object ready to be applied by us; empty when it is already. */
  static Optional<ArrayNode> patch(JsonNode object) {
    ArrayNode entries = Trees.JSON.createArrayNode();
    ObjectNode fields = Trees.object();
    Optional<ObjectNode> applied = Optional.empty();
    Optional<ObjectNode> written = Optional.empty();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (isApplied(entry)) {
        applied = Optional.of(entry.deepCopy());
      } else if (isClientSide(entry)) {
        Trees.merge(fields, entry.path("fieldsV1"));
        written = Optional.of(entry.deepCopy());
      } else {
        entries.add(entry);
      }
    }
    if (written.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode ours = applied.orElse(written.get());
    Trees.merge(fields, ours.path("fieldsV1"));
    ours.put("manager", MANAGER).put("operation", "Apply").set("fieldsV1", fields);
    entries.add(ours);
    ArrayNode operations = Trees.JSON.createArrayNode();
    operation(operations, "/metadata/managedFields").set("value", entries);
    // Only this very version may be patched: another writer's entry must not be lost.
    operation(operations, "/metadata/resourceVersion")
        .set("value", object.at("/metadata/resourceVersion"));
    return Optional.of(operations);
  }

  private static ObjectNode operation(ArrayNode operations, String path) {
    return operations.addObject().put("op", "replace").put("path", path);
  }

  private static boolean isApplied(JsonNode entry) {
    return entry.path("manager").asText().equals(MANAGER)
        && entry.path("operation").asText().equals("Apply")
        && entry.path("subresource").asText().isEmpty();
  }

  private static boolean isClientSide(JsonNode entry) {
    return CLIENT_SIDE.contains(entry.path("manager").asText())
        && entry.path("operation").asText().equals("Update")
        && entry.path("subresource").asText().isEmpty();
  }
}
