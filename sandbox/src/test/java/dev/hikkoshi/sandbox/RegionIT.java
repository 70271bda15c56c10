package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.physics.Physics;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** One cluster's whole life, seen by the real SDK and a real Kubernetes client. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegionIT {

  private static final String NAME = "shop-1-37-1";
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir static Path directory;
  private static Sandbox sandbox;
  private static EksClient eks;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
    eks = TestClients.client(EksClient.builder(), sandbox.endpoint(), sandbox.keys().hikkoshi());
  }

  @AfterAll
  static void stop() {
    eks.close();
    sandbox.close();
  }

  @Test
  @Order(1)
  void aClusterBecomesActiveAndAnswers() {
    eks.createCluster(
        b ->
            b.name(NAME)
                .version("1.37")
                .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                .resourcesVpcConfig(
                    v -> v.subnetIds("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"))
                .accessConfig(a -> a.authenticationMode(AuthenticationMode.API))
                .clientRequestToken("token-1"));
    await().atMost(LONG).until(() -> cluster().status() == ClusterStatus.ACTIVE);

    try (KubernetesClient client = kubernetes(NAME)) {
      assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("37");
      assertThat(client.namespaces().withName("kube-system").get()).isNotNull();
    }
  }

  @Test
  @Order(2)
  void aTokenForAnotherClusterIsRefused() {
    try (KubernetesClient client = kubernetes("shop-1-36-1")) {
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> client.namespaces().list())
          .satisfies(e -> assertThat(e.getCode()).isEqualTo(401));
    }
  }

  @Test
  @Order(3)
  void aNodeGroupBringsReadyNodes() {
    eks.createNodegroup(
        b ->
            b.clusterName(NAME)
                .nodegroupName("main")
                .nodeRole("arn:aws:iam::111122223333:role/eks-node")
                .subnets("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")
                .instanceTypes("m6i.large")
                .scalingConfig(s -> s.minSize(0).maxSize(3).desiredSize(2)));
    await().atMost(LONG).until(() -> groupStatus() == NodegroupStatus.ACTIVE);

    try (KubernetesClient client = kubernetes(NAME)) {
      assertThat(client.nodes().list().getItems())
          .hasSize(2)
          .allSatisfy(
              node ->
                  assertThat(node.getMetadata().getLabels())
                      .containsEntry("eks.amazonaws.com/nodegroup", "main"))
          .extracting(RegionIT::zone)
          .containsExactlyInAnyOrder("ap-northeast-1a", "ap-northeast-1c");
    }
    assertThatExceptionOfType(ResourceInUseException.class)
        .isThrownBy(() -> eks.deleteCluster(b -> b.name(NAME)));
  }

  private static String zone(Node node) {
    return node.getMetadata().getLabels().getOrDefault("topology.kubernetes.io/zone", "");
  }

  @Test
  @Order(4)
  void aWebhookDialIsRefusedAndListed() throws Exception {
    try (KubernetesClient client = kubernetes(NAME)) {
      client.resource(webhook()).create();
      assertThatExceptionOfType(KubernetesClientException.class)
          .isThrownBy(() -> client.resource(configMap("refused")).create())
          .withMessageContaining("Refused by the sandbox");
      client.admissionRegistration().v1().validatingWebhookConfigurations().delete();
    }

    JsonNode answer = control("events?kind=dial-refused");
    assertThat(answer.path("events"))
        .as(answer.toString())
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.path("cluster").asText()).isEqualTo(NAME));
  }

  private static io.fabric8.kubernetes.api.model.admissionregistration.v1
          .ValidatingWebhookConfiguration
      webhook() {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("elsewhere")
        .endMetadata()
        .addNewWebhook()
        .withName("elsewhere.example.com")
        .withAdmissionReviewVersions("v1")
        .withSideEffects("None")
        .withFailurePolicy("Fail")
        .withNewClientConfig()
        .withUrl("https://192.0.2.7:8443/check")
        .endClientConfig()
        .addNewRule()
        .withApiGroups("")
        .withApiVersions("v1")
        .withOperations("CREATE")
        .withResources("configmaps")
        .endRule()
        .endWebhook()
        .build();
  }

  @Test
  @Order(5)
  void everythingComesBackAfterARestart() {
    URI before = sandbox.endpoint();
    String endpoint = cluster().endpoint();
    try (KubernetesClient client = kubernetes(NAME)) {
      client.resource(configMap("kept")).create();
    }
    stop();
    start();

    assertThat(sandbox.endpoint()).isEqualTo(before);
    assertThat(cluster().endpoint()).isEqualTo(endpoint);
    assertThat(cluster().status()).isEqualTo(ClusterStatus.ACTIVE);
    try (KubernetesClient client = kubernetes(NAME)) {
      assertThat(client.configMaps().inNamespace("default").withName("kept").get()).isNotNull();
    }
  }

  @Test
  @Order(6)
  void aDeletedClusterIsGone() {
    eks.deleteNodegroup(b -> b.clusterName(NAME).nodegroupName("main"));
    await()
        .atMost(LONG)
        .until(() -> eks.listNodegroups(b -> b.clusterName(NAME)).nodegroups().isEmpty());
    eks.deleteCluster(b -> b.name(NAME));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(RegionIT::cluster));

    assertThat(sandbox.clusters()).isEmpty();
    assertThat(directory.resolve("clusters").resolve(NAME)).doesNotExist();
  }

  private static Cluster cluster() {
    return eks.describeCluster(b -> b.name(NAME)).cluster();
  }

  private static NodegroupStatus groupStatus() {
    return eks.describeNodegroup(b -> b.clusterName(NAME).nodegroupName("main"))
        .nodegroup()
        .status();
  }

  private static KubernetesClient kubernetes(String tokenFor) {
    return TestClients.kubernetes(
        cluster(), TestClients.token(tokenFor, sandbox.keys().hikkoshi()));
  }

  private static io.fabric8.kubernetes.api.model.ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .build();
  }

  private static JsonNode control(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(sandbox.endpoint().resolve("/_sandbox/" + path)).build();
      return new ObjectMapper()
          .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
