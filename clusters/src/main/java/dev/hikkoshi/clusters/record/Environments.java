package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.ENVIRONMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import java.util.Optional;

/** Environment objects as trees, read and replaced under their resourceVersion. */
final class Environments {

  private final Management management;

  Environments(Management management) {
    this.management = management;
  }

  Optional<ObjectNode> find(String name) {
    return management.api().get(management.ours(ENVIRONMENTS, name));
  }

  JsonNode all() {
    return management
        .api()
        .get(management.ours(ENVIRONMENTS))
        .map(list -> list.path("items"))
        .orElseGet(JsonNodeFactory.instance::arrayNode);
  }

  ObjectNode findOrCreate(String name) {
    return find(name).orElseGet(() -> create(name));
  }

  private ObjectNode create(String name) {
    ObjectNode object = object("Environment", name);
    return management.api().create(management.ours(ENVIRONMENTS), Management.FIELD_MANAGER, object);
  }

  static ObjectNode object(String kind, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", Management.API_VERSION).put("kind", kind);
    object.putObject("metadata").put("name", name);
    object.putObject("spec");
    return object;
  }

  /** The object's status, made when it has none; changes are in the object. */
  ObjectNode status(ObjectNode object) {
    return object.withObject("/status");
  }

  /** Writes the status; false when the object is not as it was read any more. */
  boolean replaceStatus(ObjectNode object) {
    return replace(object, "/status");
  }

  /** Writes metadata; false when the object is not as it was read any more. */
  boolean replace(ObjectNode object) {
    return replace(object, "");
  }

  /** Deletes exactly this object; one that is gone is done. */
  void delete(ObjectNode object) {
    String path = management.ours(ENVIRONMENTS, object.at("/metadata/name").asText());
    management.api().delete(path, object.at("/metadata/uid").asText());
  }

  private boolean replace(ObjectNode object, String subresource) {
    String path = management.ours(ENVIRONMENTS, object.at("/metadata/name").asText()) + subresource;
    try {
      management.api().replace(path, Management.FIELD_MANAGER, object);
      return true;
    } catch (KubeException e) {
      if (e.code() == 409) {
        return false;
      }
      throw e;
    }
  }
}
