package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.chart;
import static dev.hikkoshi.clusters.helm.Charts.deployment;
import static dev.hikkoshi.clusters.helm.Charts.release;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health of workloads, ends of routes, bindings, and looks that cannot see. */
class InsideEndsIT {

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        selector: {app: web}
        ports: [{port: 80}]
      """;
  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web}
      spec:
        rules:
          - http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      """;
  private static final String GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/1";

  @TempDir static Path folder;
  private static Ground ground;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
    ground.apply(
        HelmInsideIT.definition(
                "elbv2.k8s.aws", "TargetGroupBinding", "targetgroupbindings", "Namespaced")
            .replace("name: v1\n", "name: v1beta1\n"));
    ground.kubectl("wait", "--for=condition=Established", "crd/targetgroupbindings.elbv2.k8s.aws");
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      ground.close();
    }
  }

  private static Wanted web(String namespace) {
    return wanted(
        Map.of(
            "web", new Backend.Ingress(namespace, "web"),
            "api", new Backend.Service(namespace, "web", 80)),
        release(
            new ReleaseId(namespace, "web"),
            chart(
                "web",
                "templates/d.yaml",
                deployment("web", ""),
                "templates/s.yaml",
                SERVICE,
                "templates/i.yaml",
                INGRESS)));
  }

  private static BackendSeen backend(Wanted wanted, String route) {
    return Optional.ofNullable(ground.see(wanted).backends().get(route))
        .flatMap(seen -> seen.known())
        .orElseThrow();
  }

  private static void pods(String namespace, String containerState, String ready) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> ground.json("pods", "-n", namespace).path("items").size() == 2);
    for (JsonNode pod : ground.json("pods", "-n", namespace).path("items")) {
      String status =
          """
          {"status": {"phase": "Running", "podIP": "10.1.2.3",
            "conditions": [{"type": "Ready", "status": "%s"}],
            "containerStatuses": [{"name": "app", "image": "i", "imageID": "i",
              "restartCount": 0, "ready": %s, "state": %s}]}}
          """
              .formatted(ready, ready.equals("True"), containerState);
      ground.kubectl(
          "patch",
          "pod",
          pod.at("/metadata/name").asText(),
          "-n",
          namespace,
          "--subresource=status",
          "-p",
          status);
    }
  }

  @Test
  void aWorkloadIsHealthyWhenItsPodsAreAndTheyAreCountedForTheRoute() {
    // Given
    Wanted wanted = web("pods");
    ReleaseId id = new ReleaseId("pods", "web");
    ground.sync(wanted, id);
    assertThat(ground.see(wanted, id).health()).isInstanceOf(Health.Progressing.class);
    assertThat(backend(wanted, "web"))
        .isEqualTo(new BackendSeen(0, 2, Optional.empty(), Optional.empty(), Set.of()));

    // When
    pods("pods", "{\"running\": {}}", "True");
    ground.kubectl(
        "patch",
        "ingress",
        "web",
        "-n",
        "pods",
        "--subresource=status",
        "-p",
        "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"hostname\":\"web.elb.example.com\"}]}}}");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(ground.see(wanted, id).health()).isEqualTo(new Health.Healthy()));
    assertThat(backend(wanted, "web"))
        .isEqualTo(
            new BackendSeen(2, 2, Optional.of("web.elb.example.com"), Optional.empty(), Set.of()));
    assertThat(ground.see(wanted, id).drifted()).isEmpty();
    assertThat(ground.inside.readyReplicas(ground.cluster).known().orElseThrow())
        .containsEntry("apps/v1/Deployment/pods/web", 2);
  }

  @Test
  void anImageThatCannotBePulledIsFailingAndNamed() {
    // Given
    Wanted wanted = web("pull");
    ReleaseId id = new ReleaseId("pull", "web");
    ground.sync(wanted, id);

    // When
    pods(
        "pull",
        "{\"waiting\": {\"reason\": \"ImagePullBackOff\", \"message\": \"no such host\"}}",
        "False");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              Health health = ground.see(wanted, id).health();
              assertThat(health).isInstanceOf(Health.Failing.class);
              assertThat(((Health.Failing) health).why())
                  .startsWith("apps/v1/Deployment/pull/web: ")
                  .contains("container app: ImagePullBackOff, no such host");
            });
  }

  @Test
  void aBindingFeedsOneGroupAndGoesAgain() {
    // Given
    Wanted wanted = web("bound");
    Backend.Service service = new Backend.Service("bound", "web", 80);
    ground.sync(wanted, new ReleaseId("bound", "web"));

    // When
    Outcome bound = ground.inside.bind(ground.cluster, "api", service, GROUP);

    // Then
    assertThat(bound).isInstanceOf(Outcome.Done.class);
    assertThat(backend(wanted, "api").binding()).contains(GROUP);
    JsonNode spec = ground.json("targetgroupbinding", "hikkoshi-api", "-n", "bound").at("/spec");
    assertThat(spec.at("/serviceRef/name").asText()).isEqualTo("web");
    assertThat(spec.at("/targetType").asText()).isEqualTo("ip");
    assertThat(ground.inside.bind(ground.cluster, "api", service, GROUP + "2"))
        .isInstanceOf(Outcome.Changed.class);
    assertThat(ground.inside.bind(ground.cluster, "api", service, GROUP + "2"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(ground.inside.unbind(ground.cluster, "api")).isInstanceOf(Outcome.Done.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(backend(wanted, "api").binding()).isEmpty());
  }

  @Test
  void anAutoscalersReplicasAreNotFoughtEvenBeforeItScaled() {
    // Given
    ReleaseId id = new ReleaseId("hpa", "web");
    Wanted plain = web("hpa");
    ground.sync(plain, id);
    String autoscaler =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          minReplicas: 3
          maxReplicas: 9
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        """;
    Wanted scaled =
        wanted(
            release(
                id,
                chart(
                    "web",
                    "templates/d.yaml",
                    deployment("web", ", workingDir: /tmp"),
                    "templates/h.yaml",
                    autoscaler)));

    // When
    ground.sync(scaled, id);

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> ground.json("deployment", "web", "-n", "hpa").at("/spec/replicas").asInt() == 3);
    ReleaseSeen seen = ground.see(scaled, id);
    assertThat(seen.drifted()).isEmpty();
    assertThat(ground.inside.heal(ground.cluster, scaled, id)).isInstanceOf(Outcome.Done.class);
    assertThat(ground.json("deployment", "web", "-n", "hpa").at("/spec/replicas").asInt())
        .isEqualTo(3);
  }

  @Test
  void whatMakesLoadBalancersIsCountedUntilItIsGone() throws IOException {
    // Given
    try (Ground doomed = Ground.start(folder.resolve("doomed"))) {
      doomed.apply(
          INGRESS.replace("{name: web}", "{name: web, finalizers: [test.example.com/held]}"));
      doomed.apply(SERVICE.replace("ports:", "type: LoadBalancer\n  ports:"));
      doomed.apply(SERVICE.replace("name: web", "name: inner"));

      // When
      Outcome held = doomed.inside.removeBalancerObjects(doomed.cluster);
      doomed.kubectl(
          "patch",
          "ingress",
          "web",
          "--type=json",
          "-p",
          "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");

      // Then
      assertThat(((Outcome.Done) held).facts()).containsEntry("remaining", "1");
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () ->
                  doomed.inside.removeBalancerObjects(doomed.cluster) instanceof Outcome.Done done
                      && "0".equals(done.facts().get("remaining")));
      assertThat(doomed.exists("service", "inner", "default")).isTrue();
    }
  }

  @Test
  void aClusterThatDoesNotAnswerIsUnknownAndAWriteToItUnclear() {
    // Given
    ClusterSeen away =
        Ground.cluster("https://127.0.0.1:1", ground.cluster.certificateAuthority().orElseThrow());
    Wanted wanted = web("away");

    // When
    try (var clients = new KubeClients(_ -> "t")) {
      HelmInside inside = ground.inside(clients);

      // Then
      assertThat(inside.see(away, wanted)).isInstanceOf(Observation.Unknown.class);
      assertThat(inside.readyReplicas(away)).isInstanceOf(Observation.Unknown.class);
      assertThat(inside.sync(away, wanted, new ReleaseId("away", "web")))
          .isInstanceOf(Outcome.Unclear.class);
    }
  }

  @Test
  void theConnectionOfAClusterThatNobodyAsksAboutIsClosed() {
    // Given
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
    ClusterSeen other =
        Ground.cluster("https://127.0.0.1:1", ground.cluster.certificateAuthority().orElseThrow());
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      HelmInside inside = ground.inside(clients, now::get);
      inside.readyReplicas(ground.cluster);
      KubeClients.Connection before = clients.connect(ground.cluster).orElseThrow();

      // When
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(11)));
      inside.readyReplicas(renamed(other));

      // Then
      assertThat(clients.connect(ground.cluster).orElseThrow()).isNotEqualTo(before);
    }
  }

  private static ClusterSeen renamed(ClusterSeen cluster) {
    return new ClusterSeen(
        "other",
        cluster.identity(),
        cluster.version(),
        cluster.status(),
        cluster.tags(),
        cluster.endpoint(),
        cluster.certificateAuthority(),
        cluster.oidcIssuer(),
        cluster.deletionProtection(),
        cluster.built(),
        cluster.issues(),
        cluster.nodegroups(),
        cluster.addons(),
        cluster.accessEntries(),
        cluster.podIdentities());
  }
}
