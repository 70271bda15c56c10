package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static ObjectNode secret(String value) {
    ObjectNode secret = Trees.object();
    secret
        .putObject("data")
        .put("key", Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    return secret;
  }

  @Test
  void valuesOfSecretsAreHiddenWholeByLineAndEncoded() {
    // Given
    Masking masking = new Masking(List.of(secret("hunter2!\n  second-line\n")));

    // When
    String masked =
        masking.mask(
            "login with hunter2! failed\nsecond-line here\naHVudGVyMiEKICBzZWNvbmQtbGluZQo=");

    // Then
    assertThat(masked).isEqualTo("login with *** failed\n*** here\n***");
  }

  @Test
  void theLongerOfTwoValuesGoesFirst() {
    // Given
    Masking masking = new Masking(List.of(secret("pass"), secret("password")));

    // When
    String masked = masking.mask("password, pass");

    // Then
    assertThat(masked).isEqualTo("***, ***");
  }

  @Test
  void plainTextOfSecretsIsHiddenTooAndShortValuesAreNot() {
    // Given
    ObjectNode secret = Trees.object();
    secret.putObject("stringData").put("user", "ann").put("token", "t0ken");

    // When
    String masked = new Masking(List.of(secret)).mask("ann has t0ken");

    // Then
    assertThat(masked).isEqualTo("ann has ***");
  }

  @Test
  void controlCharactersGo() {
    // Given
    Masking masking = new Masking(List.of());

    // When
    String masked = masking.mask("a\u001b[31mb\u0000\tc\nd\r");

    // Then
    assertThat(masked).isEqualTo("a[31mb\tc\nd");
  }
}
