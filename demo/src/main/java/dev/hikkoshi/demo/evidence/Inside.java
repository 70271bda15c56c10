package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.Trees;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One cluster, read by its administrator. */
final class Inside implements AutoCloseable {

  /** Everything that charts of the sample bring, and where Helm records it. */
  private static final List<String> COLLECTIONS =
      List.of(
          "/api/v1/namespaces/%s/configmaps",
          "/api/v1/namespaces/%s/secrets",
          "/api/v1/namespaces/%s/services",
          "/api/v1/namespaces/%s/serviceaccounts",
          "/apis/apps/v1/namespaces/%s/deployments",
          "/apis/policy/v1/namespaces/%s/poddisruptionbudgets",
          "/apis/networking.k8s.io/v1/namespaces/%s/ingresses",
          "/apis/elbv2.k8s.aws/v1beta1/namespaces/%s/targetgroupbindings");

  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/%s/deployments/%s";
  private static final String CHECKSUM = "/checksum~1config";

  private static final List<String> NAMESPACES = List.of("web", "api");

  private final String name;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final KubeApi api;

  Inside(String name, Path kubeconfig) {
    this.name = name;
    this.kubeconfig = kubeconfig;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    api = new KubeApi(client);
  }

  String name() {
    return name;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** Where its API server is. */
  URI server() {
    return URI.create(client.getMasterUrl().toString());
  }

  /** The object at a path. */
  Optional<ObjectNode> find(String path) {
    return api.get(path);
  }

  /** Names of everything in a collection; none where it is not served. */
  List<String> names(String collection) {
    return api.list(collection, "").items().stream()
        .map(o -> o.at("/metadata/name").asText())
        .toList();
  }

  /** Deletes one pod of a namespace, if there is any; its Deployment makes another. */
  void deletePod(String namespace) {
    client.pods().inNamespace(namespace).list().getItems().stream()
        .findFirst()
        .ifPresent(pod -> client.resource(pod).delete());
  }

  /** The shop's greeting, as its pods would read it; empty text without one. */
  String greeting() {
    return find("/api/v1/namespaces/web/configmaps/web")
        .map(map -> map.at("/data/greeting").asText())
        .orElse("");
  }

  /** Whether all pods of the shop's pages were made with that greeting. */
  boolean serves(String words) {
    return greeting().equals(words)
        && find(DEPLOYMENTS.formatted("web", "web"))
            .filter(
                d ->
                    d.at("/spec/template/metadata/annotations" + CHECKSUM)
                        .asText()
                        .equals(sha256(words)))
            .filter(Inside::rolledOut)
            .isPresent();
  }

  /** As the chart's {@code sha256sum} says it. */
  private static String sha256(String words) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(words.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether all pods of a Deployment are of its newest form and available. */
  boolean rolledOut(String namespace, String deployment) {
    return find(DEPLOYMENTS.formatted(namespace, deployment)).filter(Inside::rolledOut).isPresent();
  }

  private static boolean rolledOut(JsonNode deployment) {
    JsonNode status = deployment.path("status");
    int wanted = deployment.at("/spec/replicas").asInt();
    return status.path("observedGeneration").asLong()
            >= deployment.at("/metadata/generation").asLong()
        && status.path("updatedReplicas").asInt() == wanted
        && status.path("availableReplicas").asInt() == wanted
        && status.path("replicas").asInt() == wanted;
  }

  /** The versions of all objects of the sample's releases and of their records, by path. */
  SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    for (String namespace : NAMESPACES) {
      for (String collection : COLLECTIONS) {
        String path = collection.formatted(namespace);
        for (ObjectNode object : api.list(path, "").items()) {
          versions.put(
              name + path + "/" + object.at("/metadata/name").asText(),
              object.at("/metadata/resourceVersion").asText());
        }
      }
    }
    return versions;
  }

  /**
   * What all objects of the sample's releases say, by path: without status, managedFields and the
   * server's bookkeeping, and without Helm's records.
   */
  SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    for (String namespace : NAMESPACES) {
      for (String collection : COLLECTIONS) {
        String path = collection.formatted(namespace);
        for (ObjectNode object : api.list(path, "").items()) {
          String named = object.at("/metadata/name").asText();
          if (!named.startsWith("sh.helm.release.")) {
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            metadata.remove(List.of("managedFields", "resourceVersion"));
            object.remove("status");
            contents.put(path + "/" + named, Trees.canonical(object));
          }
        }
      }
    }
    return contents;
  }

  /** UID and restarts of every pod of the sample's releases, by name. */
  SortedMap<String, String> pods() {
    SortedMap<String, String> pods = new TreeMap<>();
    for (String namespace : NAMESPACES) {
      for (ObjectNode pod :
          api.list("/api/v1/namespaces/%s/pods".formatted(namespace), "").items()) {
        pods.put(
            namespace + "/" + pod.at("/metadata/name").asText(),
            "%s, %d restarts"
                .formatted(
                    pod.at("/metadata/uid").asText(),
                    pod.at("/status/containerStatuses/0/restartCount").asInt()));
      }
    }
    return pods;
  }

  /** Changes how every pod of the sample's releases behaves, from now on. */
  void script(String script) {
    for (String namespace : NAMESPACES) {
      for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod.getMetadata().getName())
            .edit(
                p ->
                    new PodBuilder(p)
                        .editMetadata()
                        .addToAnnotations("hikkoshi.dev/sandbox", script)
                        .endMetadata()
                        .build());
      }
    }
  }

  /** Whether the newest revision of a release is deployed and was written by Hikkoshi. */
  boolean takenOver(String release) {
    return api
        .list(
            "/api/v1/namespaces/%s/secrets".formatted(release),
            "labelSelector=owner%3Dhelm,name%3D" + release)
        .items()
        .stream()
        .max(Comparator.comparingInt(o -> o.at("/metadata/labels/version").asInt()))
        .map(o -> o.at("/metadata/labels"))
        .filter(labels -> labels.path("status").asText().equals("deployed"))
        .filter(labels -> labels.has("hikkoshi.dev/manifests"))
        .isPresent();
  }

  @Override
  public void close() {
    client.close();
  }
}
