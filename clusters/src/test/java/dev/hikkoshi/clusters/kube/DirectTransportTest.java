package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hikkoshi.environments.port.Fence;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class DirectTransportTest {

  @Test
  void aTokenThatCannotBeHadIsAClusterThatCannotBeAsked() throws NoSuchAlgorithmException {
    // Given
    DirectTransport transport =
        new DirectTransport(
            "https://127.0.0.1:1",
            SSLContext.getDefault(),
            () -> {
              throw new IllegalStateException("provider said: secret=abc");
            });

    // When
    KubeException failure;
    try (KubeApi api = new KubeApi(transport, Fence.OPEN)) {
      failure = catchThrowableOfType(KubeException.class, () -> api.get("/version"));
    }

    // Then
    assertThat(failure.reason()).isEqualTo("NoToken");
    assertThat(failure.code()).isZero();
    assertThat(failure).hasMessageNotContaining("abc");
  }
}
