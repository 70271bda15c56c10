package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.clusters.kube.NoSuchContextException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which namespace our objects are looked for: one rule for controller and command line. */
class ManagementTest {

  @TempDir Path folder;

  private Path kubeconfig(String context) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        clusters:
          - name: here
            cluster: {server: "https://127.0.0.1:1"}
        users:
          - name: me
            user: {token: none}
        contexts:
          - name: here
            context: {cluster: here, user: me%s}
        """
            .formatted(context));
  }

  private static String namespace(Path kubeconfig, Optional<String> named) {
    try (Management management = Management.connect(Optional.of(kubeconfig), named)) {
      return management.namespace();
    }
  }

  @Test
  void theOneThatIsNamedWins() throws IOException {
    // Then
    assertThat(namespace(kubeconfig(", namespace: platform"), Optional.of("moves")))
        .isEqualTo("moves");
  }

  @Test
  void elseThatOfTheContext() throws IOException {
    // Then
    assertThat(namespace(kubeconfig(", namespace: platform"), Optional.empty()))
        .isEqualTo("platform");
  }

  @Test
  void elseTheOneThatKubectlTakes() throws IOException {
    // Then
    assertThat(namespace(kubeconfig(""), Optional.empty())).isEqualTo("default");
  }

  @Test
  void aContextThatIsNotThereIsNotTheCurrentOne() throws IOException {
    // Given
    Path kubeconfig = kubeconfig("");

    // Then
    assertThatThrownBy(
            () -> Management.connect(Optional.of(kubeconfig), Optional.of("her"), Optional.empty()))
        .isInstanceOfSatisfying(
            NoSuchContextException.class, e -> assertThat(e.there()).containsExactly("here"));
  }

  @Test
  void whoDoesNotAnswerIsNamed() throws IOException {
    // Given
    try (Management management =
        Management.connect(Optional.of(kubeconfig("")), Optional.empty())) {

      // Then
      assertThatThrownBy(() -> management.api().get("/version"))
          .hasMessageStartingWith("GET /version at https://127.0.0.1:1: ");
    }
  }
}
