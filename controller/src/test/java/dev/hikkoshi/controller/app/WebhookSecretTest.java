package dev.hikkoshi.controller.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSecretTest {

  /** GitHub's own example: docs.github.com, "Validating webhook deliveries". */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
  private static final String SIGNATURE =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @TempDir Path folder;
  private Path file;
  private WebhookSecret secret;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    secret = WebhookSecret.read(file);
  }

  private boolean signed(byte[] body, Map<String, String> headers) {
    return secret.signed(body, headers::get);
  }

  @Test
  void whatAForgeSignedIsTaken() {
    assertThat(signed(BODY, Map.of("X-Hub-Signature-256", "sha256=" + SIGNATURE))).isTrue();
    assertThat(signed(BODY, Map.of("X-Gitea-Signature", SIGNATURE))).isTrue();
    assertThat(signed(BODY, Map.of("X-Gitlab-Token", SECRET))).isTrue();
  }

  @Test
  void whatIsNotSignedIsNotTaken() {
    assertThat(signed(BODY, Map.of())).isFalse();
    assertThat(signed("other".getBytes(UTF_8), Map.of("X-Gitea-Signature", SIGNATURE))).isFalse();
    assertThat(signed(BODY, Map.of("X-Hub-Signature-256", SIGNATURE))).isFalse();
    assertThat(signed(BODY, Map.of("X-Hub-Signature-256", "sha256="))).isFalse();
    assertThat(signed(BODY, Map.of("X-Gitlab-Token", ""))).isFalse();
  }

  @Test
  void anEmptyOrHugeSecretIsNone() throws IOException {
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> WebhookSecret.read(file)).isInstanceOf(IOException.class);

    Files.writeString(file, "x".repeat(5_000));
    assertThatThrownBy(() -> WebhookSecret.read(file)).isInstanceOf(IOException.class);
  }
}
