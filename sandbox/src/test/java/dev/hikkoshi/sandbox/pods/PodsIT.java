package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.TestCluster;
import dev.hikkoshi.sandbox.net.Vpc;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of a real control plane, seen by a Kubernetes client and over HTTP. */
class PodsIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(directory);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    http.close();
    cluster.close();
  }

  @AfterEach
  void empty() {
    KubernetesClient client = cluster.kubernetes();
    client.apps().deployments().inNamespace("default").delete();
    client.apps().statefulSets().inNamespace("default").delete();
    client.apps().daemonSets().inNamespace("default").delete();
    client.batch().v1().jobs().inNamespace("default").delete();
    client.pods().inNamespace("default").withGracePeriod(0).delete();
    await().atMost(SOON).until(() -> pods("").isEmpty());
  }

  private static String deployment(
      String name, int replicas, String annotations, String container) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: %2$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata:
              labels: {app: %1$s}
              annotations: {%3$s}
            spec:
              containers:
              - {name: app, %4$s}
        """
        .formatted(name, replicas, annotations, container);
  }

  private static final String SERVES =
      """
      image: "sandbox.hikkoshi.dev/http:1", ports: [{name: http, containerPort: 8080}], \
      readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}, \
      env: [{name: CLUSTER_NAME, value: blue}, \
      {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]""";

  private static List<Pod> pods(String app) {
    var all = cluster.kubernetes().pods().inNamespace("default");
    return app.isEmpty() ? all.list().getItems() : all.withLabel("app", app).list().getItems();
  }

  private static boolean ready(Pod pod) {
    return condition(pod, "Ready").equals("True");
  }

  private static String condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .map(PodCondition::getStatus)
        .findFirst()
        .orElse("");
  }

  private static List<Pod> awaitPods(String app, int count, Predicate<Pod> all) {
    await().atMost(SOON).until(() -> pods(app).size() == count && pods(app).stream().allMatch(all));
    return pods(app);
  }

  private static HttpResponse<String> get(Pod pod, int port, String path)
      throws IOException, InterruptedException {
    String host = Vpc.loopback(pod.getStatus().getPodIP()).getHostAddress();
    URI uri = URI.create("http://" + host + ":" + port + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static ContainerStatus container(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  private static boolean waits(Pod pod, String reason) {
    return !pod.getStatus().getContainerStatuses().isEmpty()
        && container(pod).getState().getWaiting() != null
        && container(pod).getState().getWaiting().getReason().equals(reason);
  }

  private static List<String> events(Pod pod) {
    return cluster.kubernetes().v1().events().inNamespace("default").list().getItems().stream()
        .filter(e -> e.getInvolvedObject().getUid().equals(pod.getMetadata().getUid()))
        .map(Event::getReason)
        .toList();
  }

  @Test
  void podsOfADeploymentBecomeReadyAndAnswer() throws Exception {
    // When
    long begin = System.nanoTime();
    cluster.apply(deployment("web", 3, "", SERVES));
    List<Pod> pods = awaitPods("web", 3, PodsIT::ready);
    System.out.printf("ready after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    // Then
    assertThat(pods).extracting(p -> p.getStatus().getPodIP()).doesNotHaveDuplicates();
    for (Pod pod : pods) {
      HttpResponse<String> answer = get(pod, 8080, "/some?q=1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().map())
          .containsEntry("X-Hikkoshi-Cluster", List.of("blue"))
          .containsEntry("X-Sandbox-Cluster", List.of(TestCluster.NAME));
      JsonNode body = new ObjectMapper().readTree(answer.body());
      assertThat(body.path("pod").asText()).isEqualTo(pod.getMetadata().getName());
      assertThat(body.at("/env/POD").asText()).isEqualTo(pod.getMetadata().getName());
      assertThat(body.path("image").asText()).isEqualTo("sandbox.hikkoshi.dev/http:1");
      assertThat(container(pod).getImageID()).startsWith("sandbox.hikkoshi.dev/http@sha256:");
    }
  }

  @Test
  void aPodIsReadyOnlyWhenItsProbeAnswers() throws Exception {
    // When
    cluster.apply(
        deployment("slow", 1, "hikkoshi.dev/sandbox: '{\"readyAfter\": \"2s\"}'", SERVES));
    Pod first =
        awaitPods("slow", 1, pod -> condition(pod, "ContainersReady").equals("False")).getFirst();
    // Then
    assertThat(first.getStatus().getPhase()).isEqualTo("Running");
    assertThat(get(first, 8080, "/").statusCode()).isEqualTo(503);
    Pod later = awaitPods("slow", 1, PodsIT::ready).getFirst();
    assertThat(get(later, 8080, "/").statusCode()).isEqualTo(200);
  }

  @Test
  void aPodThatFailsItsProbeLaterIsNoLongerReady() {
    // When: the disk is throttled to less than what the probe's patience allows
    cluster.apply(
        deployment(
            "throttled",
            1,
            "hikkoshi.dev/sandbox: '{\"throttleAfter\": \"1s\", \"throttledRps\": 0.1}'",
            SERVES));
    awaitPods("throttled", 1, PodsIT::ready);
    // Then
    awaitPods("throttled", 1, pod -> condition(pod, "Ready").equals("False"));
  }

  @Test
  void whatSomebodyElseSaysOfARunningPodIsPutRight() {
    // Given
    cluster.apply(deployment("web", 1, "", SERVES));
    Pod pod = awaitPods("web", 1, PodsIT::ready).getFirst();

    // When: as the node lifecycle controller does while a node's lease is late.
    String unready =
        """
        {"status": {"conditions": [{"type": "Ready", "status": "False"}]}}""";
    Pod told =
        cluster
            .kubernetes()
            .pods()
            .inNamespace("default")
            .withName(pod.getMetadata().getName())
            .subresource("status")
            .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), unready);

    // Then
    assertThat(ready(told)).isFalse();
    awaitPods("web", 1, PodsIT::ready);
  }

  @Test
  void anImageThatIsNotThereIsNeverReady() {
    // When
    cluster.apply(deployment("gone", 1, "", "image: nosuch.invalid/none:1"));
    Pod pod = awaitPods("gone", 1, p -> waits(p, "ImagePullBackOff")).getFirst();
    // Then
    assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
    assertThat(condition(pod, "Ready")).isEqualTo("False");
    await().atMost(SOON).untilAsserted(() -> assertThat(events(pod)).contains("Failed", "BackOff"));
  }

  @Test
  void aMistakeInTheScriptKeepsThePodFromStarting() {
    // When
    cluster.apply(deployment("typo", 1, "hikkoshi.dev/sandbox: '{\"eror\": 1}'", SERVES));
    // Then
    Pod pod = awaitPods("typo", 1, p -> waits(p, "CreateContainerConfigError")).getFirst();
    assertThat(container(pod).getState().getWaiting().getMessage()).contains("eror");
  }

  @Test
  void aMissingConfigMapIsWaitedFor() throws Exception {
    // When
    cluster.apply(
        deployment("later", 1, "", SERVES + ", envFrom: [{configMapRef: {name: settings}}]"));
    awaitPods("later", 1, p -> waits(p, "CreateContainerConfigError"));
    cluster.apply(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {COLOUR: red}");
    // Then
    Pod pod = awaitPods("later", 1, PodsIT::ready).getFirst();
    assertThat(get(pod, 8080, "/").body()).contains("\"COLOUR\":\"red\"");
    cluster.kubernetes().configMaps().inNamespace("default").withName("settings").delete();
  }

  private static String job(String name, String command) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s}
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers: [{name: work, image: "busybox:1.37", command: [%s]}]
        """
        .formatted(name, command);
  }

  private static String outcome(String name) {
    Job job = cluster.kubernetes().batch().v1().jobs().inNamespace("default").withName(name).get();
    return job.getStatus() == null
        ? ""
        : job.getStatus().getConditions().stream()
            .filter(c -> c.getType().equals("Complete") || c.getType().equals("Failed"))
            .map(c -> c.getType())
            .findFirst()
            .orElse("");
  }

  @Test
  void jobsEndAsTheirCommandsSay() {
    // When
    cluster.apply(job("good", "/bin/true"));
    cluster.apply(job("bad", "/bin/false"));
    cluster.apply(job("later", "sh, -c, \"sleep 1; exit 3\""));
    // Then
    await().atMost(SOON).until(() -> outcome("good").equals("Complete"));
    await().atMost(SOON).until(() -> outcome("bad").equals("Failed"));
    await().atMost(SOON).until(() -> outcome("later").equals("Failed"));
  }

  @Test
  void aContainerThatFailsIsStartedAgainAndAgain() {
    // When
    cluster.apply(deployment("crash", 1, "hikkoshi.dev/sandbox: '{\"startFails\": true}'", SERVES));
    // Then
    Pod pod =
        awaitPods(
                "crash", 1, p -> waits(p, "CrashLoopBackOff") && container(p).getRestartCount() > 1)
            .getFirst();
    assertThat(container(pod).getLastState().getTerminated().getExitCode()).isEqualTo(1);
    assertThat(condition(pod, "Ready")).isEqualTo("False");
  }

  @Test
  void statefulSetsAndDaemonSetsWork() {
    // When
    String rest = deployment("each", 1, "", SERVES);
    cluster.apply(rest.replace("Deployment", "DaemonSet").replace("  replicas: 1\n", ""));
    cluster.apply(
        deployment("ordered", 2, "", SERVES)
            .replace("Deployment", "StatefulSet")
            .replace("  replicas: 2", "  serviceName: ordered\n  replicas: 2"));
    // Then
    awaitPods("each", 2, PodsIT::ready);
    assertThat(awaitPods("ordered", 2, PodsIT::ready))
        .extracting(p -> p.getMetadata().getName())
        .containsExactlyInAnyOrder("ordered-0", "ordered-1");
  }

  @Test
  void aDeletedPodServesUntilItsHookIsOverAndThenCloses() throws Exception {
    // Given
    cluster.apply(
        deployment("ends", 1, "", SERVES + ", lifecycle: {preStop: {sleep: {seconds: 2}}}"));
    Pod pod = awaitPods("ends", 1, PodsIT::ready).getFirst();
    // When
    cluster.kubernetes().apps().deployments().inNamespace("default").withName("ends").scale(0);
    await()
        .atMost(SOON)
        .until(
            () ->
                pods("ends").stream()
                    .allMatch(p -> p.getMetadata().getDeletionTimestamp() != null));
    // Then
    assertThat(get(pod, 8080, "/").statusCode()).isEqualTo(200);
    await().atMost(SOON).until(() -> pods("ends").isEmpty());
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> get(pod, 8080, "/")));
  }

  @Test
  void podsAnswerAtTheSameAddressesAfterARestart() throws Exception {
    // Given
    cluster.apply(deployment("kept", 2, "", SERVES));
    List<Pod> before = awaitPods("kept", 2, PodsIT::ready);
    // When
    cluster.restart();
    // Then
    List<Pod> after = pods("kept");
    assertThat(after)
        .extracting(p -> p.getStatus().getPodIP())
        .containsExactlyInAnyOrderElementsOf(
            before.stream().map(p -> p.getStatus().getPodIP()).toList());
    for (Pod pod : after) {
      assertThat(ready(pod)).isTrue();
      assertThat(container(pod).getRestartCount()).isZero();
      assertThat(get(pod, 8080, "/").statusCode()).isEqualTo(200);
    }
  }
}
