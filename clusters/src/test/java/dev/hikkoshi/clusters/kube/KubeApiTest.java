package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class KubeApiTest {

  private final ScriptedServer server = new ScriptedServer();
  private final KubeApi api = new KubeApi(server);

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
  void goneAlreadyIsNoFailureOfADelete() {
    // Given
    server.answers(404, "{\"kind\": \"Status\", \"reason\": \"NotFound\"}");

    // When
    boolean deleted = api.delete("/api/v1/nodes/a", "uid");

    // Then
    assertThat(deleted).isFalse();
  }
}
