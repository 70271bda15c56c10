package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.TestCluster;
import dev.hikkoshi.sandbox.net.Vpc;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eks.EksClient;

/** Pods end with what they need: their node, their cluster. Nothing listens afterwards. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodEndsIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(directory);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<Pod> pods() {
    return cluster.kubernetes().pods().inNamespace("default").list().getItems();
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static List<Pod> awaitPods(int count, Predicate<Pod> all) {
    await().atMost(SOON).until(() -> pods().size() == count && pods().stream().allMatch(all));
    return pods();
  }

  private static boolean listens(Pod pod) {
    var address = new InetSocketAddress(Vpc.loopback(pod.getStatus().getPodIP()), 8080);
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Boolean> started(List<ContainerStatus> statuses) {
    return statuses.stream().map(ContainerStatus::getStarted).toList();
  }

  @Test
  @Order(1)
  void initContainersRunFirstAndSidecarsGoOn() {
    // When
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: parts}
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
          - {name: first, image: "busybox:1", command: [sh, -c, "sleep 1"]}
          - {name: proxy, image: "proxy:1", restartPolicy: Always, ports: [{containerPort: 15001}]}
          containers:
          - {name: app, image: "sandbox.hikkoshi.dev/http:1"}
        """);
    // Then
    Pod pod = awaitPods(1, PodEndsIT::ready).getFirst();
    List<ContainerStatus> first = pod.getStatus().getInitContainerStatuses();
    assertThat(first.getFirst().getState().getTerminated().getExitCode()).isZero();
    assertThat(started(first)).containsExactly(false, true);
    assertThat(listens(pod)).isTrue();
    cluster.kubernetes().pods().inNamespace("default").withName("parts").delete();
    await().atMost(SOON).until(() -> pods().isEmpty());
  }

  @Test
  @Order(2)
  void aNetworkLoadBalancerIsRefusedByAnEvent() {
    // When
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: nlb}
        spec:
          type: LoadBalancer
          loadBalancerClass: service.k8s.aws/nlb
          ports: [{port: 80}]
        """);
    // Then
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        cluster.kubernetes().v1().events().inNamespace("default").list().getItems())
                    .filteredOn(e -> "nlb".equals(e.getInvolvedObject().getName()))
                    .extracting(Event::getReason)
                    .contains("FailedBuildModel"));
  }

  @Test
  @Order(3)
  void podsGoWithTheirNodes() {
    // Given
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: each}
        spec:
          selector: {matchLabels: {app: each}}
          template:
            metadata: {labels: {app: each}}
            spec:
              containers: [{name: app, image: "sandbox.hikkoshi.dev/http:1"}]
        """);
    List<Pod> before = awaitPods(2, PodEndsIT::ready);
    assertThat(before).allMatch(PodEndsIT::listens);
    // When
    try (EksClient eks = cluster.eks()) {
      eks.updateNodegroupConfig(
          b ->
              b.clusterName(TestCluster.NAME)
                  .nodegroupName("main")
                  .scalingConfig(s -> s.minSize(0).maxSize(3).desiredSize(1)));
    }
    // Then
    awaitPods(1, PodEndsIT::ready);
    await().atMost(SOON).until(() -> before.stream().filter(PodEndsIT::listens).count() == 1);
  }

  @Test
  @Order(4)
  void podsGoWithTheirCluster() {
    // Given
    List<Pod> before = awaitPods(1, PodEndsIT::ready);
    // When
    try (EksClient eks = cluster.eks()) {
      eks.deleteNodegroup(b -> b.clusterName(TestCluster.NAME).nodegroupName("main"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  eks.listNodegroups(b -> b.clusterName(TestCluster.NAME)).nodegroups().isEmpty());
      eks.deleteCluster(b -> b.name(TestCluster.NAME));
      await().atMost(SOON).until(() -> eks.listClusters().clusters().isEmpty());
    }
    // Then
    assertThat(before).noneMatch(PodEndsIT::listens);
    assertThat(cluster.sandbox().summary().at("/parts/pods/pods")).isEmpty();
  }
}
