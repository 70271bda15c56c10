package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * An object of a release as it goes into the cluster.
 *
 * @param key with the namespace it lands in
 * @param body what is applied: the object with its namespace, Helm's label and annotations
 */
record Part(ObjectKey key, ObjectNode body) {

  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String RELEASE_NAME = "meta.helm.sh/release-name";
  static final String RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";
  private static final String POLICY = "helm.sh/resource-policy";

  static Part of(RenderedObject rendered, ReleaseId release, Scopes scopes) {
    ObjectKey key = key(rendered, release, scopes);
    ObjectNode body = rendered.object().deepCopy();
    ObjectNode metadata = child(body, "metadata");
    if (key.namespace().isEmpty()) {
      metadata.remove("namespace");
    } else {
      metadata.put("namespace", key.namespace());
    }
    child(metadata, "labels").put(MANAGED_BY, "Helm");
    child(metadata, "annotations")
        .put(RELEASE_NAME, release.name())
        .put(RELEASE_NAMESPACE, release.namespace());
    return new Part(key, body);
  }

  static List<Part> of(List<RenderedObject> rendered, ReleaseId release, Scopes scopes) {
    return rendered.stream().map(r -> of(r, release, scopes)).toList();
  }

  /** Where an object lands: a namespaced one that names no namespace in its release's. */
  static ObjectKey key(RenderedObject rendered, ReleaseId release, Scopes scopes) {
    ObjectKey stated = ObjectKey.of(rendered.object());
    String namespace =
        !scopes.namespaced(stated.apiVersion(), stated.kind())
            ? ""
            : stated.namespace().isEmpty() ? release.namespace() : stated.namespace();
    return new ObjectKey(stated.apiVersion(), stated.kind(), namespace, stated.name());
  }

  /** The release an object says it belongs to. */
  static Optional<ReleaseId> owner(JsonNode object) {
    JsonNode annotations = object.at("/metadata/annotations");
    boolean helm = object.at("/metadata/labels").path(MANAGED_BY).asText().equals("Helm");
    return helm && annotations.has(RELEASE_NAME)
        ? Optional.of(
            new ReleaseId(
                annotations.path(RELEASE_NAMESPACE).asText(),
                annotations.path(RELEASE_NAME).asText()))
        : Optional.empty();
  }

  /** Whether an object is to stay when its release goes. */
  static boolean keep(JsonNode object) {
    String policy = object.at("/metadata/annotations").path(POLICY).asText();
    return policy.strip().equalsIgnoreCase("keep");
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }
}
