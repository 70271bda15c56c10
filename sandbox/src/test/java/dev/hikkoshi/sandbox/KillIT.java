package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the sandbox ends, no child stays, and the next start finds everything. */
class KillIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void leavesNoChildAndComesBackTheSame() throws IOException, InterruptedException {
    Path state = directory.resolve("state");
    String endpoint;
    String management;
    try (SandboxProcess sandbox = SandboxProcess.start(state, "--management")) {
      endpoint = sandbox.summary().path("endpoint").asText();
      management = sandbox.summary().at("/management/endpoint").asText();
      List<ProcessHandle> children = sandbox.children();
      assertThat(children).hasSizeGreaterThanOrEqualTo(4);

      sandbox.process().destroyForcibly().waitFor();
      await().atMost(SOON).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    try (SandboxProcess again = SandboxProcess.start(state, "--management")) {
      assertThat(again.summary().path("endpoint").asText()).isEqualTo(endpoint);
      assertThat(again.summary().at("/management/endpoint").asText()).isEqualTo(management);
      assertThat(namespaces(again)).contains("kube-system");
      assertThat(Files.getPosixFilePermissions(state.resolve("management.kubeconfig"))).hasSize(2);

      List<ProcessHandle> children = again.children();
      again.process().destroy();
      assertThat(again.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
      await().atMost(SOON).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static List<String> namespaces(SandboxProcess sandbox) throws IOException {
    Path kubeconfig = Path.of(sandbox.summary().at("/management/kubeconfig").asText());
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      return client.namespaces().list().getItems().stream()
          .map(namespace -> namespace.getMetadata().getName())
          .toList();
    }
  }
}
