package dev.hikkoshi.clusters.kube;

import dev.hikkoshi.environments.observed.ClusterSeen;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection per cluster, kept while endpoint and certificate authorities stay the same.
 *
 * <p>Nothing of a user's kubeconfig is read: a controller that reached whatever {@code
 * ~/.kube/config} names would one day write into the wrong cluster. The whole CA bundle is trusted
 * because EKS serves two during a rotation.
 */
public final class KubeClients implements AutoCloseable {

  private record Key(ClusterSeen.Identity identity, String endpoint, String authorities) {}

  /** An open connection to one cluster. */
  public record Connection(KubernetesClient client, KubeApi api, Discovery discovery) {}

  private final ClusterToken tokens;
  private final Map<String, Map.Entry<Key, Connection>> open = new ConcurrentHashMap<>();

  public KubeClients(ClusterToken tokens) {
    this.tokens = tokens;
  }

  /** The connection; empty while EKS has not given the cluster an endpoint. */
  public Optional<Connection> connect(ClusterSeen cluster) {
    if (cluster.endpoint().isEmpty() || cluster.certificateAuthority().isEmpty()) {
      return Optional.empty();
    }
    Key key =
        new Key(cluster.identity(), cluster.endpoint().get(), cluster.certificateAuthority().get());
    return Optional.of(
        open.compute(
                cluster.name(),
                (name, entry) -> {
                  if (entry != null && entry.getKey().equals(key)) {
                    return entry;
                  }
                  if (entry != null) {
                    entry.getValue().client().close();
                  }
                  return Map.entry(key, build(cluster, key));
                })
            .getValue());
  }

  private Connection build(ClusterSeen cluster, Key key) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(key.endpoint())
            .withCaCertData(
                Base64.getEncoder()
                    .encodeToString(key.authorities().getBytes(StandardCharsets.UTF_8)))
            .withOauthTokenProvider(() -> tokens.token(cluster))
            .withConnectionTimeout(5_000)
            .withRequestTimeout(20_000)
            .withRequestRetryBackoffLimit(3)
            .build();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    KubeApi api = new KubeApi(client);
    return new Connection(client, api, new Discovery(api));
  }

  /** Drops the connection of a cluster that is gone. */
  public void forget(String cluster) {
    Map.Entry<Key, Connection> entry = open.remove(cluster);
    if (entry != null) {
      entry.getValue().client().close();
    }
  }

  @Override
  public void close() {
    open.keySet().forEach(this::forget);
  }
}
