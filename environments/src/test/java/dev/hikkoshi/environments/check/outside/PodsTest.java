package dev.hikkoshi.environments.check.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from containers, and from trees in general. */
class PodsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--source=a --source b | a,b",
        "--source | ''",
        "--source --policy=sync | ''",
        "a --source | ''",
        "a --source b c | b",
        "--sources=a | ''",
        "--source= | ''"
      })
  void aFlagHasItsValueBehindASignOrInTheNextWord(String words, String values) {
    // When
    List<String> found =
        new Pods.Container("it", Arrays.asList(words.split(" ")), Map.of(), List.of())
            .flags("--source");

    // Then
    assertThat(String.join(",", found)).isEqualTo(values);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "external-dns, true",
    "external-dns:v1, true",
    "localhost:5000/dns/external-dns:v1@sha256:0, true",
    "bitnami-external-dns, true",
    "external-dns-webhook, false",
    "external-dns/webhook, false",
    "myexternal-dns, false"
  })
  void anImageIsKnownByItsNameAlone(String image, boolean is) {
    assertThat(new Pods.Container(image, List.of(), Map.of(), List.of()).image("external-dns"))
        .isEqualTo(is);
  }

  @Test
  void onlyAScalarIsText() {
    assertThat(Texts.text(Map.of("a", 5), "a")).contains("5");
    assertThat(Texts.text(Map.of("a", ""), "a")).isEmpty();
    assertThat(Texts.text(Map.of("a", List.of(5)), "a")).isEmpty();
    assertThat(Texts.text(Map.of("a", Map.of()), "a")).isEmpty();
  }
}
