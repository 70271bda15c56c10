package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which kinds live in namespaces: as the server says, or as CRDs that are still to come say. */
final class Scopes {

  private final Discovery discovery;
  private final Map<String, Boolean> coming = new HashMap<>();

  Scopes(Discovery discovery, Collection<ObjectNode> definitions) {
    this.discovery = discovery;
    for (ObjectNode definition : definitions) {
      boolean namespaced = definition.at("/spec/scope").asText().equals("Namespaced");
      served(definition).forEach(kind -> coming.put(kind, namespaced));
    }
  }

  /** A kind that nobody knows counts as namespaced: the apply will say that it is not served. */
  boolean namespaced(String apiVersion, String kind) {
    Boolean promised = coming.get(apiVersion + "/" + kind);
    return promised != null
        ? promised
        : discovery.find(apiVersion, kind).map(Discovery.Resource::namespaced).orElse(true);
  }

  static boolean isDefinition(ObjectNode object) {
    return object.path("kind").asText().equals("CustomResourceDefinition")
        && object.path("apiVersion").asText().startsWith("apiextensions.k8s.io/");
  }

  /** What a CRD will add to the API versions, in the form of Helm's capabilities. */
  static SortedSet<String> apiVersions(ObjectNode definition) {
    SortedSet<String> versions = new TreeSet<>(served(definition));
    for (String kind : served(definition)) {
      versions.add(kind.substring(0, kind.lastIndexOf('/')));
    }
    return versions;
  }

  private static SortedSet<String> served(ObjectNode definition) {
    SortedSet<String> kinds = new TreeSet<>();
    for (JsonNode version : definition.at("/spec/versions")) {
      if (version.path("served").asBoolean()) {
        kinds.add(
            "%s/%s/%s"
                .formatted(
                    definition.at("/spec/group").asText(),
                    version.path("name").asText(),
                    definition.at("/spec/names/kind").asText()));
      }
    }
    return kinds;
  }
}
