package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.Kubeconfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The management cluster: where Hikkoshi keeps its own objects. All of them are in one namespace.
 */
public final class Management implements AutoCloseable {

  static final String GROUP = "hikkoshi.dev";
  static final String API_VERSION = GROUP + "/v1alpha1";
  static final String FIELD_MANAGER = "hikkoshi";

  /** The label on everything that belongs to an environment. */
  static final String ENVIRONMENT_LABEL = "hikkoshi.dev/environment";

  private static final String ROOT = "/apis/" + API_VERSION;

  private final KubernetesClient client;
  private final KubeApi api;
  private final String namespace;

  private Management(KubernetesClient client, String namespace) {
    this.client = client;
    this.api = new KubeApi(client);
    this.namespace = namespace;
  }

  /**
   * Connects as kubectl would: with the given kubeconfig, else {@code KUBECONFIG}, else the service
   * account of the pod. Nothing is asked yet.
   *
   * <p>Controller and command line come through here, so that both look into the namespace that
   * {@code kubectl get moves} shows with the same kubeconfig.
   *
   * @param namespace for all objects; without it that of the kubeconfig's context or of the pod,
   *     else {@code default}
   */
  public static Management connect(Optional<Path> kubeconfig, Optional<String> namespace) {
    return connect(kubeconfig, Optional.empty(), namespace);
  }

  /**
   * The same with one context of the kubeconfig.
   *
   * @param context without it the current one
   * @throws dev.hikkoshi.clusters.kube.NoSuchContextException when it is not there
   */
  public static Management connect(
      Optional<Path> kubeconfig, Optional<String> context, Optional<String> namespace) {
    Config found = Kubeconfig.config(kubeconfig, context);
    // A write that failed is looked at before it is sent again; the client must not do it by
    // itself.
    Config config =
        new ConfigBuilder(found)
            .withConnectionTimeout(3_000)
            .withRequestTimeout(10_000)
            .withRequestRetryBackoffLimit(0)
            .build();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    String own = Optional.ofNullable(config.getNamespace()).orElse("default");
    return new Management(client, namespace.orElse(own));
  }

  /** The address of the API server. */
  public String server() {
    return client.getMasterUrl().toString();
  }

  /**
   * Whom the API server takes us for.
   *
   * @throws dev.hikkoshi.clusters.kube.KubeException when it does not say
   */
  public String user() {
    return new Authors(this).self();
  }

  public String namespace() {
    return namespace;
  }

  KubeApi api() {
    return api;
  }

  /** The collection of one of our kinds. */
  String ours(String plural) {
    return ROOT + "/namespaces/" + namespace + "/" + plural;
  }

  /** One object of ours. */
  String ours(String plural, String name) {
    return ours(plural) + "/" + name;
  }

  /** A collection of the core API. */
  String core(String plural) {
    return "/api/v1/namespaces/" + namespace + "/" + plural;
  }

  String leases() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  /** Whether the API server serves one of our kinds now. */
  boolean serves(String plural) {
    Optional<ObjectNode> resources = api.get(ROOT);
    if (resources.isEmpty()) {
      return false;
    }
    for (var resource : resources.get().path("resources")) {
      if (resource.path("name").asText().equals(plural)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    client.close();
  }
}
