package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is in one cluster, kept by watches, so that a look costs no requests.
 *
 * <p>Of kinds that every look needs (workloads, pods, services, …) all objects are kept; of others
 * those that Helm's label marks as part of a release. An object whose label somebody removed is
 * therefore not seen, which is the truth: it left the release.
 */
public final class LiveObjects implements AutoCloseable {

  public static final String HELM = "app.kubernetes.io/managed-by=Helm";

  /** On every object that a release brings; pods of its workloads do not have it. */
  private static final String RELEASE = "meta.helm.sh/release-name";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Set<String> WHOLE =
      Set.of(
          "v1/Pod",
          "v1/Service",
          "apps/v1/Deployment",
          "apps/v1/StatefulSet",
          "apps/v1/DaemonSet",
          "batch/v1/Job",
          "networking.k8s.io/v1/Ingress",
          "autoscaling/v2/HorizontalPodAutoscaler",
          "apiextensions.k8s.io/v1/CustomResourceDefinition",
          "apiregistration.k8s.io/v1/APIService",
          "elbv2.k8s.aws/v1beta1/TargetGroupBinding");
  private static final List<String> TYPES =
      List.of(
          "apiextensions.k8s.io/v1/CustomResourceDefinition",
          "apiregistration.k8s.io/v1/APIService");
  private static final Resource RECORDS = new Resource("v1", "Secret", "secrets", true);

  private final KubeApi api;
  private final Discovery discovery;
  private final Map<String, LiveKind> kinds = new ConcurrentHashMap<>();

  LiveObjects(KubeApi api, Discovery discovery) {
    this.api = api;
    this.discovery = discovery;
  }

  /**
   * Makes sure that what is kept is of the last moments: asks the server for its version (so that a
   * server that is away is noticed at once, not when a watch times out) and lets discovery know of
   * new CRDs.
   *
   * @return Kubernetes' git version, such as {@code v1.37.2}
   * @throws KubeException when the server does not answer
   */
  public String fresh() {
    ObjectNode version =
        api.get("/version")
            .orElseThrow(() -> new KubeException(404, "NotFound", "GET /version: HTTP 404"));
    long changes = 0;
    for (String type : TYPES) {
      changes += kind(type).map(LiveKind::version).orElse(0L);
    }
    discovery.changed(changes);
    return version.path("gitVersion").asText();
  }

  /**
   * Every kept object of a kind; none where the kind is not served.
   *
   * @throws KubeException when they cannot be seen now
   */
  public Collection<LiveObject> all(String apiVersion, String kind) {
    return kind(apiVersion + "/" + kind).map(LiveKind::all).orElse(List.of());
  }

  /** Those of one namespace. */
  public Stream<LiveObject> in(String namespace, String apiVersion, String kind) {
    return all(apiVersion, kind).stream().filter(o -> o.key().namespace().equals(namespace));
  }

  /**
   * One kept object.
   *
   * @throws KubeException when it cannot be seen now
   */
  public Optional<LiveObject> find(ObjectKey key) {
    return kind(key.apiVersion() + "/" + key.kind())
        .flatMap(k -> k.find(key.namespace(), key.name()));
  }

  /**
   * Helm's release records, without their data. It is not even asked for: a record takes up to 1
   * MiB, and a cluster has ten of each release.
   */
  public Collection<LiveObject> records() {
    LiveKind records =
        kinds.computeIfAbsent(
            "records",
            _ ->
                new LiveKind(
                    api,
                    RECORDS,
                    "fieldSelector=" + Query.encode("type=helm.sh/release.v1"),
                    Extent.METADATA,
                    LiveObjects::withoutData));
    return seen(records, "Helm's records").all();
  }

  /** Takes in what a write of ours answered, so that the next look does not see less. */
  public void put(ObjectNode object) {
    LiveKind kind =
        object.path("type").asText().equals("helm.sh/release.v1")
            ? kinds.get("records")
            : kinds.get(object.path("apiVersion").asText() + "/" + object.path("kind").asText());
    if (kind != null) {
      kind.put(object.deepCopy());
    }
  }

  /** Takes out a record that we deleted. */
  public void removeRecord(String uid) {
    LiveKind records = kinds.get("records");
    if (records != null) {
      records.remove(uid);
    }
  }

  /** Begins to watch kinds that will be asked for, all at once rather than one after the other. */
  public void prepare(Collection<String> kindsToCome) {
    kindsToCome.forEach(this::open);
    records();
  }

  /** The kinds that every look needs. */
  public static Set<String> always() {
    return WHOLE;
  }

  @Override
  public void close() {
    kinds.values().forEach(LiveKind::close);
  }

  private Optional<LiveKind> kind(String name) {
    return open(name).map(kind -> seen(kind, name));
  }

  private Optional<LiveKind> open(String name) {
    LiveKind known = kinds.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    int slash = name.lastIndexOf('/');
    return discovery
        .find(name.substring(0, slash), name.substring(slash + 1))
        .map(resource -> kinds.computeIfAbsent(name, _ -> watch(name, resource)));
  }

  private LiveKind watch(String name, Resource resource) {
    String query = WHOLE.contains(name) ? "" : "labelSelector=" + Query.encode(HELM);
    UnaryOperator<ObjectNode> trim =
        name.equals("v1/Pod") ? LiveObjects::podEssence : UnaryOperator.identity();
    return new LiveKind(api, resource, query, trim);
  }

  private static LiveKind seen(LiveKind kind, String name) {
    try {
      kind.blind(PATIENCE)
          .ifPresent(
              why -> {
                throw new KubeException(0, "NotSeen", name + " cannot be seen: " + why);
              });
      return kind;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeException(0, "Interrupted", name + ": interrupted");
    }
  }

  private static ObjectNode withoutData(ObjectNode secret) {
    secret.remove("data");
    return secret;
  }

  /**
   * Clusters have many pods, and of each only who it is and how it does is asked. One that a chart
   * brings itself, without a workload, is compared and removed as every object of a release is.
   */
  static ObjectNode podEssence(ObjectNode pod) {
    if (pod.at("/metadata/annotations").has(RELEASE)) {
      return pod;
    }
    pod.remove("spec");
    if (pod.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("managedFields", "annotations"));
    }
    return pod;
  }
}
