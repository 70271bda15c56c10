package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which kinds an API server serves and where. It is asked by aggregated discovery (two requests)
 * and kept until CRDs or API services change, because charts bring CRDs in the same sync that uses
 * them.
 */
public final class Discovery {

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final long MAX_AGE = Duration.ofMinutes(5).toNanos();

  /** How long after a change the server's own discovery may still be catching up. */
  private static final long SETTLING = Duration.ofSeconds(10).toNanos();

  private static final long AGAIN = Duration.ofMillis(300).toNanos();

  /** Where objects of a kind live. */
  public record Resource(String apiVersion, String kind, String plural, boolean namespaced) {

    /** The path of all objects of the kind in all namespaces. */
    public String everywhere() {
      return root() + "/" + plural;
    }

    /** The collection's path. */
    public String collection(String namespace) {
      return namespaced ? root() + "/namespaces/" + namespace + "/" + plural : everywhere();
    }

    /** One object's path. */
    public String object(String namespace, String name) {
      return collection(namespace) + "/" + name;
    }

    private String root() {
      return apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
    }
  }

  private record Kind(String apiVersion, String kind) {}

  private record Snapshot(
      Map<Kind, Resource> resources, SortedSet<String> apiVersions, long askedAt) {}

  private final KubeApi api;
  private Optional<Snapshot> snapshot = Optional.empty();
  private long changes = -1;
  private long changedAt;

  public Discovery(KubeApi api) {
    this.api = api;
  }

  /** The resource of a kind; empty when this server does not serve it (now). */
  public synchronized Optional<Resource> find(String apiVersion, String kind) {
    Kind wanted = new Kind(apiVersion, kind);
    Snapshot known = current();
    if (!known.resources().containsKey(wanted) && System.nanoTime() - known.askedAt() > AGAIN) {
      known = ask();
    }
    return Optional.ofNullable(known.resources().get(wanted));
  }

  /**
   * Everything served, in the form that Helm's {@code .Capabilities.APIVersions} has: {@code v1},
   * {@code v1/Pod}, {@code apps/v1}, {@code apps/v1/Deployment}, …
   */
  public synchronized SortedSet<String> apiVersions() {
    return current().apiVersions();
  }

  /**
   * Tells how often CRDs and API services changed so far; a new count makes discovery ask again.
   */
  synchronized void changed(long count) {
    if (count != changes) {
      changes = count;
      changedAt = System.nanoTime();
    }
  }

  private Snapshot current() {
    Snapshot known = snapshot.orElseGet(this::ask);
    long now = System.nanoTime();
    boolean old = now - known.askedAt() > MAX_AGE;
    boolean settling = changes >= 0 && now - changedAt < SETTLING && now - known.askedAt() > AGAIN;
    return old || settling ? ask() : known;
  }

  private Snapshot ask() {
    Map<Kind, Resource> resources = new HashMap<>();
    SortedSet<String> versions = new TreeSet<>();
    for (String root : new String[] {"/api", "/apis"}) {
      for (JsonNode group : api.get(root, AGGREGATED).orElseThrow().path("items")) {
        String name = group.at("/metadata/name").asText();
        for (JsonNode version : group.path("versions")) {
          String v = version.path("version").asText();
          add(version, name.isEmpty() ? v : name + "/" + v, resources, versions);
        }
      }
    }
    Snapshot fresh =
        new Snapshot(
            Map.copyOf(resources), Collections.unmodifiableSortedSet(versions), System.nanoTime());
    snapshot = Optional.of(fresh);
    return fresh;
  }

  private static void add(
      JsonNode version,
      String apiVersion,
      Map<Kind, Resource> resources,
      SortedSet<String> versions) {
    versions.add(apiVersion);
    for (JsonNode resource : version.path("resources")) {
      String kind = resource.at("/responseKind/kind").asText();
      boolean namespaced = resource.path("scope").asText().equals("Namespaced");
      String plural = resource.path("resource").asText();
      versions.add(apiVersion + "/" + kind);
      resources.put(new Kind(apiVersion, kind), new Resource(apiVersion, kind, plural, namespaced));
      for (JsonNode sub : resource.path("subresources")) {
        versions.add(apiVersion + "/" + sub.at("/responseKind/kind").asText());
      }
    }
  }
}
