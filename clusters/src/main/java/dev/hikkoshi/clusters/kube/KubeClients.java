package dev.hikkoshi.clusters.kube;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.port.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection per cluster, kept while identity, endpoint and certificate authorities stay the
 * same.
 *
 * <p>Nothing of a user's kubeconfig is read: a controller that reached whatever {@code
 * ~/.kube/config} names would one day write into the wrong cluster.
 */
public final class KubeClients implements AutoCloseable {

  private record Key(ClusterSeen.Identity identity, String endpoint, String authorities) {}

  private record Open(Key key, Connection connection) {}

  /** An open connection to one cluster, with what is known of its objects. */
  public record Connection(KubeApi api, Discovery discovery, LiveObjects live)
      implements AutoCloseable {

    @Override
    public void close() {
      live.close();
      api.close();
    }
  }

  private final ClusterToken tokens;
  private final Fence fence;
  private final Duration writeLimit;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  /** Connections of a process that nobody competes with. */
  public KubeClients(ClusterToken tokens) {
    this(tokens, Fence.OPEN, KubeApi.DEADLINE);
  }

  /**
   * Connections that write only while they may.
   *
   * @param fence asked right before each write is sent
   * @param writeLimit for one write; no longer than the fence is sure to stay open
   */
  public KubeClients(ClusterToken tokens, Fence fence, Duration writeLimit) {
    this.tokens = tokens;
    this.fence = fence;
    this.writeLimit = writeLimit;
  }

  /** The connection; empty while EKS has not given the cluster an endpoint. */
  public Optional<Connection> connect(ClusterSeen cluster) {
    if (cluster.endpoint().isEmpty() || cluster.certificateAuthority().isEmpty()) {
      return Optional.empty();
    }
    Key key =
        new Key(cluster.identity(), cluster.endpoint().get(), cluster.certificateAuthority().get());
    Open entry =
        open.compute(
            cluster.name(),
            (_, known) -> {
              if (known != null && known.key().equals(key)) {
                return known;
              }
              if (known != null) {
                known.connection().close();
              }
              return new Open(key, connection(cluster, key));
            });
    return Optional.of(entry.connection());
  }

  private Connection connection(ClusterSeen cluster, Key key) {
    KubeApi api =
        new KubeApi(
            new DirectTransport(
                key.endpoint(), Trust.in(key.authorities()), () -> tokens.token(cluster)),
            fence,
            writeLimit);
    Discovery discovery = new Discovery(api);
    return new Connection(api, discovery, new LiveObjects(api, discovery));
  }

  /** Drops the connection of a cluster that is gone. */
  public void forget(String cluster) {
    Open entry = open.remove(cluster);
    if (entry != null) {
      entry.connection().close();
    }
  }

  @Override
  public void close() {
    open.keySet().forEach(this::forget);
  }
}
