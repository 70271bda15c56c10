package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which kinds an API server serves and where. A group version is asked once and again when a kind
 * is not found in it, because charts bring CRDs in the same sync that uses them.
 */
public final class Discovery {

  /** Where objects of a kind live. */
  public record Resource(String apiVersion, String kind, String plural, boolean namespaced) {

    /** The collection's path; namespaced kinds without a namespace live in {@code default}. */
    public String collection(String namespace) {
      String root = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
      if (!namespaced) {
        return root + "/" + plural;
      }
      return root + "/namespaces/" + (namespace.isEmpty() ? "default" : namespace) + "/" + plural;
    }

    /** One object's path. */
    public String object(String namespace, String name) {
      return collection(namespace) + "/" + name;
    }
  }

  private final KubeApi api;
  private final Map<String, Map<String, Resource>> known = new ConcurrentHashMap<>();

  public Discovery(KubeApi api) {
    this.api = api;
  }

  /** The resource of a kind; empty when this server does not serve it (now). */
  public Optional<Resource> find(String apiVersion, String kind) {
    Resource found = known.getOrDefault(apiVersion, Map.of()).get(kind);
    if (found != null) {
      return Optional.of(found);
    }
    return Optional.ofNullable(ask(apiVersion).get(kind));
  }

  /**
   * Everything served, in the form that Helm's {@code .Capabilities.APIVersions} has: {@code v1},
   * {@code v1/Pod}, {@code apps/v1}, {@code apps/v1/Deployment}, …
   */
  public Set<String> apiVersions() {
    Set<String> versions = new TreeSet<>();
    addAll(versions, "v1");
    for (JsonNode group : api.get("/apis").orElseThrow().path("groups")) {
      for (JsonNode version : group.path("versions")) {
        addAll(versions, version.path("groupVersion").asText());
      }
    }
    return versions;
  }

  private void addAll(Set<String> versions, String groupVersion) {
    versions.add(groupVersion);
    ask(groupVersion).keySet().forEach(kind -> versions.add(groupVersion + "/" + kind));
  }

  private Map<String, Resource> ask(String apiVersion) {
    String path = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
    Map<String, Resource> kinds = new ConcurrentHashMap<>();
    api.get(path)
        .ifPresent(
            list -> {
              for (JsonNode resource : list.path("resources")) {
                String plural = resource.path("name").asText();
                String kind = resource.path("kind").asText();
                if (!plural.contains("/")) {
                  kinds.put(
                      kind,
                      new Resource(
                          apiVersion, kind, plural, resource.path("namespaced").asBoolean()));
                }
              }
            });
    known.put(apiVersion, kinds);
    return kinds;
  }
}
