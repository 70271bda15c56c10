package dev.hikkoshi.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.sandbox.cluster.ControlPlanes.NodeGroup;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes are made as often as asked for, whatever becomes of an answer. */
class NodesTest {

  private static final NodeGroup GROUP =
      new NodeGroup("workers", "m7g.large", "ON_DEMAND", Map.of(), List.of(), List.of("a", "b"));

  private final Nodes nodes = new Nodes("ap-northeast-1");
  private NodeApi api;
  private KubernetesClient client;

  @BeforeEach
  void begin() throws IOException {
    api = NodeApi.start();
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build();
    client = ControlPlane.client(config);
  }

  @AfterEach
  void end() {
    client.close();
    api.close();
  }

  @Test
  void aNodeWhoseAnswerWasLostIsMadeOnce() {
    // Given
    api.next(NodeApi.Fate.ANSWER_LOST);

    // When
    nodes.scale(access(), GROUP, 2);

    // Then
    assertThat(api.nodes()).hasSize(2).allMatch(this::ofGroup);
    assertThat(api.posts()).hasSize(3).startsWith(first(), first());
  }

  @Test
  void aNodeThatNeverCameToTheServerIsSentAgain() {
    // Given
    api.next(NodeApi.Fate.QUESTION_LOST);

    // When
    nodes.scale(access(), GROUP, 1);

    // Then
    assertThat(api.nodes()).hasSize(1).allMatch(this::ofGroup);
    assertThat(api.posts()).containsExactly(first(), first());
  }

  @Test
  void whereAnotherNodeHasTheAddressTheNextOneIsDrawn() {
    // Given
    api.next(NodeApi.Fate.TAKEN);

    // When
    nodes.scale(access(), GROUP, 1);

    // Then
    assertThat(api.nodes()).hasSize(2);
    assertThat(api.nodes()).filteredOn(this::ofGroup).hasSize(1);
    assertThat(api.posts()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void whatIsRefusedIsNotSentAgain() {
    // Given
    api.next(NodeApi.Fate.REFUSED);

    // When
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> nodes.scale(access(), GROUP, 1));

    // Then
    assertThat(api.posts()).hasSize(1);
    assertThat(api.nodes()).isEmpty();
  }

  @Test
  void theClientSendsNothingAgainByItself() {
    // Given
    api.next(NodeApi.Fate.ANSWER_LOST);
    Node node = new NodeBuilder().withNewMetadata().withName("once").endMetadata().build();

    // When
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> client.resource(node).create());

    // Then
    assertThat(api.posts()).containsExactly("once");
  }

  private String first() {
    return api.posts().getFirst();
  }

  private boolean ofGroup(Node node) {
    return GROUP.name().equals(node.getMetadata().getLabels().get(Nodes.GROUP_LABEL));
  }

  private ClusterAccess access() {
    Path none = Path.of("none");
    return new ClusterAccess("shop", "arn", "1.37", api.url(), "10.1.0.0/16", none, none, client);
  }
}
