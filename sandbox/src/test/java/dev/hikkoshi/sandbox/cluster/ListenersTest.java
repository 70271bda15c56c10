package dev.hikkoshi.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A cluster in which a part is missing is no cluster. */
class ListenersTest {

  /** Nobody asks it anything. */
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();

  private final Listeners listeners = new Listeners(Duration.ZERO);

  @AfterAll
  static void closeClient() {
    CLIENT.close();
  }

  /** Fails so many times, as when an API server is slow. */
  private static final class Slow implements ClusterListener {
    private final List<String> heard = new ArrayList<>();
    private int failing;

    Slow(int failing) {
      this.failing = failing;
    }

    @Override
    public void clusterReady(ClusterAccess cluster) {
      if (failing-- > 0) {
        throw new IllegalStateException("timeout");
      }
      heard.add(cluster.name());
    }

    @Override
    public void clusterDeleting(ClusterAccess cluster) {
      throw new IllegalStateException("it is gone already");
    }

    @Override
    public String toString() {
      return "the slow one";
    }
  }

  @Test
  void whoFailedIsToldAgainAndOnlyTheyAre() {
    // Given
    Slow slow = new Slow(2);
    Slow prompt = new Slow(0);
    listeners.add(prompt);
    listeners.add(slow);

    // When
    listeners.ready(cluster());

    // Then
    assertThat(slow.heard).containsExactly("shop");
    assertThat(prompt.heard).containsExactly("shop");
  }

  @Test
  void whoNeverBeginsFailsTheCluster() {
    // Given
    listeners.add(new Slow(Integer.MAX_VALUE));

    // When, Then
    assertThatThrownBy(() -> listeners.ready(cluster()))
        .hasMessageContaining("the slow one in cluster shop")
        .hasRootCauseMessage("timeout");
  }

  @Test
  void anEndIsToldToAllWhateverOneOfThemDoes() {
    // Given
    listeners.add(new Slow(0));
    listeners.add(new Slow(0));

    // When, Then: nothing is thrown.
    listeners.deleting(cluster());
  }

  private static ClusterAccess cluster() {
    return new ClusterAccess(
        "shop",
        "arn",
        "1.37",
        "https://127.0.0.1:1",
        "10.1.0.0/16",
        Path.of("none"),
        Path.of("none"),
        CLIENT);
  }
}
