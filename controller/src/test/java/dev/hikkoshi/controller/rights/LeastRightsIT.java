package dev.hikkoshi.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.rights.KubeRights;
import dev.hikkoshi.controller.testing.LocalSandbox;
import dev.hikkoshi.controller.testing.ShippedController;
import dev.hikkoshi.controller.testing.TestRepository;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The controller as it is shipped, with no more rights in the management cluster than the published
 * manifest gives: a real API server says yes or no.
 */
class LeastRightsIT {

  private static final String NAMESPACE = "hikkoshi-least";
  private static final Path ROOT = Path.of(System.getProperty("hikkoshi.root"));
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
  void theControllerLeadsRecordsAndShowsWithThePublishedRightsAlone() throws Exception {
    try (LocalSandbox sandbox = LocalSandbox.start(folder);
        KubernetesClient admin = admin(sandbox);
        TestRepository repository =
            new TestRepository(Files.createDirectory(folder.resolve("repository")))) {
      // Given
      apply(admin);
      Path kubeconfig = kubeconfig(admin);
      repository.copy(ROOT.resolve("docs/sample/shop"), "shop");
      repository.write(
          "shop/environment.yaml",
          repository.read("shop/environment.yaml").replaceFirst("mode: act", "mode: plan"));
      repository.commit("The sample, planned only");

      // When
      try (ShippedController controller =
          ShippedController.start(
              "least",
              folder,
              sandbox.environment(),
              List.of(
                  "-Dhikkoshi.sources[0].name=environments",
                  "-Dhikkoshi.sources[0].url=" + repository.url(),
                  "-Dhikkoshi.sources[0].poll=1s",
                  "-Dhikkoshi.kubeconfig=" + kubeconfig,
                  "-Dhikkoshi.namespace=" + NAMESPACE,
                  "-Dhikkoshi.lease.duration=3s",
                  "-Dhikkoshi.pass.interval=1s"))) {
        // Then
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(200))
            .failFast(() -> assertThat(controller.process().isAlive()).isTrue())
            .until(() -> shown(admin).at("/view/would").toString().contains("create cluster"));
        assertThat(shown(admin).at("/record/journal").toString()).contains("mode plan");
        assertThat(events(admin)).contains("Would");
        assertThat(controller.log()).doesNotContain("Forbidden");
      }
    }
  }

  private static KubernetesClient admin(LocalSandbox sandbox) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(sandbox.kubeconfig().toFile()))
        .build();
  }

  private static void apply(KubernetesClient admin) {
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    byte[] manifest = KubeRights.management(NAMESPACE).getBytes(StandardCharsets.UTF_8);
    admin.load(new ByteArrayInputStream(manifest)).serverSideApply();
  }

  /** A kubeconfig of the service account, as a pod would have it. */
  private Path kubeconfig(KubernetesClient admin) throws IOException {
    String token =
        admin
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName("hikkoshi")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Config config = admin.getConfiguration();
    Path file = folder.resolve("least.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: management
          cluster: {server: "%s", certificate-authority-data: "%s"}
        users:
        - name: hikkoshi
          user: {token: "%s"}
        contexts:
        - name: least
          context: {cluster: management, user: hikkoshi}
        current-context: least
        """
            .formatted(config.getMasterUrl(), config.getCaCertData(), token));
    return file;
  }

  private static JsonNode shown(KubernetesClient admin) {
    var object =
        admin
            .genericKubernetesResources(ENVIRONMENTS)
            .inNamespace(NAMESPACE)
            .withName("shop")
            .get();
    return new ObjectMapper().valueToTree(object).path("status");
  }

  private static List<String> events(KubernetesClient admin) {
    return admin.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .map(io.fabric8.kubernetes.api.model.Event::getReason)
        .toList();
  }
}
