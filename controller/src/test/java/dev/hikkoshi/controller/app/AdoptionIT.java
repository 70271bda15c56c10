package dev.hikkoshi.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.controller.testing.LocalSandbox;
import dev.hikkoshi.controller.testing.ShippedController;
import dev.hikkoshi.controller.testing.TestRepository;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.ClusterStatus;

/** The application as it is shipped adopts a cluster that somebody made with AWS's own client. */
class AdoptionIT {

  private static final String LEGACY = "Legacy_main";
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String ENVIRONMENT =
      """
      apiVersion: hikkoshi.dev/v1alpha1
      kind: Environment
      metadata: {name: shop}
      spec:
        mode: observe
        region: ap-northeast-1
        account: "111122223333"
        cluster: {config: cluster.yaml, adopt: Legacy_main}
      """;
  private static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {region: ap-northeast-1, version: "1.36"}
      iam: {serviceRoleARN: "arn:aws:iam::111122223333:role/eks-cluster"}
      vpc:
        subnets:
          private:
            ap-northeast-1a: {id: subnet-0a1b2c3d4e5f60003}
            ap-northeast-1c: {id: subnet-0a1b2c3d4e5f60004}
      """;
  private static final ResourceDefinitionContext ENVIRONMENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("hikkoshi.dev")
          .withVersion("v1alpha1")
          .withKind("Environment")
          .withPlural("environments")
          .withNamespaced(true)
          .build();

  @TempDir Path folder;

  @Test
  void itsTagsAreTheOnlyWriteBeforeACommitAsksForTheNextVersion() throws Exception {
    try (LocalSandbox sandbox = LocalSandbox.start(folder);
        EksClient aws = eks(sandbox);
        KubernetesClient management = management(sandbox);
        TestRepository repository =
            new TestRepository(Files.createDirectory(folder.resolve("r")))) {
      // Given
      byHand(aws);
      Files.createDirectory(folder.resolve("r/shop"));
      repository.write("shop/environment.yaml", ENVIRONMENT);
      repository.write("shop/cluster.yaml", CLUSTER.replace("1.36", "1.35"));
      repository.commit("Another version than the cluster's");

      try (ShippedController controller = controller(sandbox, repository)) {
        // Then
        until(
            controller, () -> view(management).contains("metadata.version is 1.35, EKS says 1.36"));

        // When
        repository.write("shop/cluster.yaml", CLUSTER);
        repository.commit("The cluster as it is");
        until(controller, () -> says(management, "observe", "put our tags on Legacy_main"));
        mode(repository, "observe", "plan");
        until(controller, () -> says(management, "plan", "put our tags on Legacy_main"));

        // Then
        assertThat(writes(sandbox)).isEmpty();

        // When
        mode(repository, "plan", "act");
        until(controller, () -> legacy(aws).tags().containsKey("hikkoshi.dev/environment"));
        until(controller, () -> view(management).contains("adopted arn:aws:eks"));

        // Then
        assertThat(legacy(aws).tags())
            .containsEntry("hikkoshi.dev/environment", "shop")
            .containsEntry("hikkoshi.dev/number", "1");
        assertThat(writes(sandbox)).containsExactly("TagResource");

        // When
        repository.write("shop/cluster.yaml", CLUSTER.replace("1.36", "1.37"));
        repository.commit("1.37");

        // Then
        until(controller, () -> aws.listClusters().clusters().contains("shop-1-37-2"));
        assertThat(writes(sandbox)).startsWith("TagResource", "CreateCluster");
      }
    }
  }

  private static void byHand(EksClient aws) {
    aws.createCluster(
        b ->
            b.name(LEGACY)
                .version("1.36")
                .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                .resourcesVpcConfig(
                    v -> v.subnetIds("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004")));
    await().atMost(LONG).until(() -> legacy(aws).status() == ClusterStatus.ACTIVE);
  }

  private static Cluster legacy(EksClient aws) {
    return aws.describeCluster(b -> b.name(LEGACY)).cluster();
  }

  private static EksClient eks(LocalSandbox sandbox) {
    return EksClient.builder()
        .region(Region.AP_NORTHEAST_1)
        .endpointOverride(sandbox.endpoint())
        .credentialsProvider(
            ProfileCredentialsProvider.builder()
                .profileFile(
                    ProfileFile.builder()
                        .content(sandbox.credentials())
                        .type(ProfileFile.Type.CREDENTIALS)
                        .build())
                .profileName("default")
                .build())
        .build();
  }

  private static KubernetesClient management(LocalSandbox sandbox) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(sandbox.kubeconfig().toFile()))
        .build();
  }

  private ShippedController controller(LocalSandbox sandbox, TestRepository repository)
      throws IOException {
    return ShippedController.start(
        "one",
        folder,
        sandbox.environment(),
        List.of(
            "-Dhikkoshi.sources[0].name=environments",
            "-Dhikkoshi.sources[0].url=" + repository.url(),
            "-Dhikkoshi.sources[0].poll=1s",
            "-Dhikkoshi.namespace=default",
            "-Dhikkoshi.pass.interval=1s"));
  }

  /** A failure comes with the end of the controller's own log. */
  private static void until(ShippedController controller, Callable<Boolean> so) throws IOException {
    try {
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .failFast(() -> assertThat(controller.process().isAlive()).isTrue())
          .until(so);
    } catch (ConditionTimeoutException e) {
      String log = controller.log();
      throw new AssertionError(log.substring(Math.max(0, log.length() - 4_000)), e);
    }
  }

  private static void mode(TestRepository repository, String from, String to) throws Exception {
    String file = "shop/environment.yaml";
    repository.write(file, repository.read(file).replace("mode: " + from, "mode: " + to));
    repository.commit("mode " + to);
  }

  private static boolean says(KubernetesClient management, String mode, String text) {
    String view = view(management);
    return view.contains("\"mode\":\"" + mode + "\"") && view.contains(text);
  }

  /** All that the environment's object says. */
  private static String view(KubernetesClient management) {
    var object =
        management
            .genericKubernetesResources(ENVIRONMENTS)
            .inNamespace("default")
            .withName("shop")
            .get();
    return object == null
        ? ""
        : new ObjectMapper().<JsonNode>valueToTree(object).path("status").toString();
  }

  /** What the controller changed in AWS. */
  private static List<String> writes(LocalSandbox sandbox) throws IOException {
    return sandbox.calls().stream()
        .filter(call -> call.path("principal").asText().contains("assumed-role/hikkoshi/"))
        .map(call -> call.path("operation").asText())
        .filter(operation -> !operation.matches("(Describe|List|Get|AssumeRole).*"))
        .toList();
  }
}
