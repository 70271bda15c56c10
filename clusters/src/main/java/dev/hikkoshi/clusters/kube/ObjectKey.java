package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * Which object.
 *
 * @param namespace empty for kinds without namespaces
 */
public record ObjectKey(String apiVersion, String kind, String namespace, String name)
    implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::path);

  /** The key an object states of itself. */
  public static ObjectKey of(JsonNode object) {
    return new ObjectKey(
        object.path("apiVersion").asText(),
        object.path("kind").asText(),
        object.at("/metadata/namespace").asText(),
        object.at("/metadata/name").asText());
  }

  /** The API group; empty for the core group. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** {@code apiVersion/Kind/namespace/name}, as in {@code outside:} and in messages. */
  public String path() {
    return apiVersion + "/" + kind + "/" + place();
  }

  /**
   * What makes it the same object in every version of its API: a chart that goes from {@code
   * autoscaling/v1} to {@code autoscaling/v2} still means the same autoscaler.
   */
  public String identity() {
    return group() + "/" + kind + "/" + place();
  }

  /** {@code namespace/name}, or the name alone. */
  public String place() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return path();
  }
}
