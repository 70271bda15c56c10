package dev.hikkoshi.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.controller.testing.LocalSandbox;
import dev.hikkoshi.controller.testing.ShippedController;
import dev.hikkoshi.controller.testing.TestRepository;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as it is shipped, against a region and a management cluster. */
class ControllerIT {

  private static final Path ROOT = Path.of(System.getProperty("hikkoshi.root"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ResourceDefinitionContext ENVIRONMENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("hikkoshi.dev")
          .withVersion("v1alpha1")
          .withKind("Environment")
          .withPlural("environments")
          .withNamespaced(true)
          .build();

  @TempDir static Path shared;
  private static LocalSandbox sandbox;
  private static KubernetesClient management;

  @TempDir Path folder;
  private TestRepository repository;
  private String namespace;
  private final List<ShippedController> started = new ArrayList<>();

  @BeforeAll
  static void startSandbox() throws IOException {
    sandbox = LocalSandbox.start(shared);
    management =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(sandbox.kubeconfig().toFile()))
            .build();
  }

  @AfterAll
  static void stopSandbox() {
    management.close();
    sandbox.close();
  }

  @BeforeEach
  void commitAnEnvironmentThatIsOnlyPlanned() throws Exception {
    namespace = "it-" + Long.toString(System.nanoTime(), 36);
    management
        .namespaces()
        .resource(
            new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build())
        .create();
    repository = new TestRepository(Files.createDirectory(folder.resolve("repository")));
    repository.copy(ROOT.resolve("docs/sample/shop"), "shop");
    change("mode: act", "mode: plan");
  }

  @AfterEach
  void stop() {
    started.forEach(ShippedController::close);
    repository.close();
  }

  private void change(String from, String to) throws IOException, GitAPIException {
    String before = repository.read("shop/environment.yaml");
    assertThat(before).contains(from);
    repository.write("shop/environment.yaml", before.replaceFirst(from, to));
    repository.commit(from + " is " + to);
  }

  private ShippedController start(String name) throws IOException {
    ShippedController controller =
        ShippedController.start(
            name,
            folder,
            sandbox.environment(),
            List.of(
                "-Dhikkoshi.sources[0].name=environments",
                "-Dhikkoshi.sources[0].url=" + repository.url(),
                "-Dhikkoshi.sources[0].poll=1s",
                "-Dhikkoshi.namespace=" + namespace,
                "-Dhikkoshi.lease.duration=3s",
                "-Dhikkoshi.pass.interval=1s"));
    started.add(controller);
    return controller;
  }

  private void until(ShippedController controller, Callable<Boolean> so) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .failFast(() -> assertThat(controller.process().isAlive()).as(read(controller)).isTrue())
        .until(so);
  }

  private static String read(ShippedController controller) {
    try {
      return controller.log();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Optional<JsonNode> status() throws IOException {
    var object =
        management
            .genericKubernetesResources(ENVIRONMENTS)
            .inNamespace(namespace)
            .withName("shop")
            .get();
    return object == null ? Optional.empty() : Optional.of(JSON.valueToTree(object).path("status"));
  }

  private boolean shows(String path, String text) throws IOException {
    return status().filter(s -> s.at(path).toString().contains(text)).isPresent();
  }

  private Lease lease() {
    return management.leases().inNamespace(namespace).withName("hikkoshi").get();
  }

  @Test
  void itBecomesReadyLeadsAndShowsWhatItWouldDo() throws Exception {
    // When
    ShippedController controller = start("one");

    // Then
    until(controller, () -> controller.get("/q/health/ready") == 200);
    until(controller, controller::leads);
    until(controller, () -> shows("/view/mode", "plan"));
    assertThat(controller.get("/q/health/live")).isEqualTo(200);
    assertThat(controller.post("/webhook/git", "{}")).isEqualTo(202);
    assertThat(controller.text("/q/metrics"))
        .contains("hikkoshi_source_age_seconds{source=\"environments\"}");
  }

  @Test
  void aBrokenCommitIsShownWithItsPlaceAndTheNextGoodOneGoesOn() throws Exception {
    // Given
    ShippedController controller = start("one");
    until(controller, () -> shows("/view/mode", "plan"));

    // When
    change("routes: together", "rout: together");

    // Then
    until(controller, () -> shows("/view/problems", "shop/environment.yaml:"));
    assertThat(status().orElseThrow().at("/view/mode").asText()).isEqualTo("plan");

    // When
    change("rout: together", "routes: together");

    // Then
    until(controller, () -> status().orElseThrow().at("/view/problems").isEmpty());
  }

  @Test
  void aRestartBehindABrokenCommitStaysOnTheLastGoodOne() throws Exception {
    // Given
    change("routes: together", "rout: together");

    // When
    ShippedController controller = start("one");

    // Then
    until(controller, () -> shows("/view/problems", "shop/environment.yaml:"));
    assertThat(status().orElseThrow().at("/view/wantedVersion").asText()).isNotEmpty();
  }

  @Test
  void oneReplicaLeadsAndTheOtherTakesOverWhenItIsKilled() throws Exception {
    // Given
    ShippedController first = start("one");
    until(first, first::leads);
    ShippedController second = start("two");
    until(second, () -> second.get("/q/health/ready") == 200);
    assertThat(second.leads()).isFalse();
    int before = lease().getSpec().getLeaseTransitions();

    // When
    first.process().destroyForcibly();

    // Then
    until(second, second::leads);
    assertThat(lease().getSpec().getLeaseTransitions()).isGreaterThan(before);
  }

  @Test
  void asItIsToldToEndItGivesTheLeaseBack() throws Exception {
    // Given
    ShippedController controller = start("one");
    until(controller, () -> shows("/view/mode", "plan"));

    // When
    controller.process().destroy();

    // Then
    assertThat(controller.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
  }
}
