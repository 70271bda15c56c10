package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hikkoshi.environments.port.Fence;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KubeApiTest {

  private final ScriptedServer server = new ScriptedServer();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final KubeApi api = new KubeApi(server, open::get);

  private KubeException failure(String path, int status, String body) {
    server.answers(status, body);
    return catchThrowableOfType(
        KubeException.class, () -> api.apply(path, "helm", Trees.object(), false));
  }

  @Test
  void aSecretsErrorNamesFieldsAndNoValues() {
    // When
    KubeException failure =
        failure(
            "/api/v1/namespaces/shop/secrets/db",
            422,
            """
            {"kind": "Status", "reason": "Invalid", "message": "data[pw]: Invalid value: \\"hunter2\\"",
             "details": {"causes": [{"field": "data[pw]", "message": "Invalid value: hunter2"}]}}
            """);

    // Then
    assertThat(failure).hasMessageContaining("Invalid data[pw]").hasMessageNotContaining("hunter2");
    assertThat(failure.refused()).isTrue();
  }

  @Test
  void anAnswerThatIsNoJsonIsAFailureWithItsStatusAlone() {
    // When
    KubeException failure = failure("/api/v1/nodes/a", 502, "<html>upstream said token=abc</html>");

    // Then
    assertThat(failure.code()).isEqualTo(502);
    assertThat(failure).hasMessageNotContaining("abc");
    assertThat(failure.refused()).isFalse();
  }

  @Test
  void aWriteOfAShutFenceIsNotSent() {
    // Given
    open.set(false);

    // When
    KubeException failure = failure("/api/v1/namespaces/shop/configmaps/web", 200, "{}");

    // Then
    assertThat(failure.reason()).isEqualTo("NotSent");
    assertThat(failure.code()).isZero();
    assertThat(server.requests()).isZero();
  }

  @Test
  void looksAndDryRunsPassAShutFence() {
    // Given
    open.set(false);
    server.answers(200, "{}");

    // When
    api.get("/api/v1/nodes/a");
    api.apply("/api/v1/nodes/a", "helm", Trees.object(), true);

    // Then
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void goneAlreadyIsNoFailureOfADelete() {
    // Given
    server.answers(404, "{\"kind\": \"Status\", \"reason\": \"NotFound\"}");

    // When
    boolean deleted = api.delete("/api/v1/nodes/a", "uid");

    // Then
    assertThat(deleted).isFalse();
  }

  @Test
  void aWriteWithoutAnAnswerIsGivenUpWhileTheLeaseStillLasts() {
    // Given
    CompletableFuture<Transport.Reply> answer = server.silent();
    KubeApi limited = new KubeApi(server, Fence.OPEN, Duration.ofSeconds(1));

    // When
    KubeException failure =
        catchThrowableOfType(
            KubeException.class,
            () -> limited.create("/api/v1/namespaces/shop/configmaps", "helm", Trees.object()));

    // Then
    assertThat(failure.reason()).isEqualTo("Timeout");
    assertThat(failure).hasMessageContaining("no answer in 1 s");
    assertThat(answer).isCancelled();
  }
}
