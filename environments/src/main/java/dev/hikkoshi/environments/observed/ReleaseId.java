package dev.hikkoshi.environments.observed;

/** One Helm release in one cluster: {@code namespace/name}, unique as Helm's records are. */
public record ReleaseId(String namespace, String name) implements Comparable<ReleaseId> {

  @Override
  public int compareTo(ReleaseId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
