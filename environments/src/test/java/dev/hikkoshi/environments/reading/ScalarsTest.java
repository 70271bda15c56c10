package dev.hikkoshi.environments.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Untagged scalars mean what they mean to Go's yaml v3. */
class ScalarsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "yes, TEXT, yes",
        "on, TEXT, on",
        "True, BOOL, true",
        "0755, INTEGER, 493",
        "0o755, INTEGER, 493",
        "089, FLOAT, 89.0",
        "1_000, INTEGER, 1000",
        "0x1F, INTEGER, 31",
        "0b101, INTEGER, 5",
        "+1, INTEGER, 1",
        "-0x10, INTEGER, -16",
        "18446744073709551615, INTEGER, 18446744073709551615",
        "18446744073709551616, FLOAT, 1.8446744073709552E19",
        ".5, FLOAT, 0.5",
        "1e3, FLOAT, 1000.0",
        ".inf, FLOAT, Infinity",
        "-.INF, FLOAT, -Infinity",
        ".nan, FLOAT, NaN",
        "12:30:00, TEXT, 12:30:00",
        "2020-01-01, TIMESTAMP, 2020-01-01",
        "2020-01-01T10:00:00Z, TIMESTAMP, 2020-01-01T10:00:00Z",
        "~, NULL, null",
        "Null, NULL, null",
        "\"1\", TEXT, 1",
        "'true', TEXT, true",
        "!!str 1, TEXT, 1",
        "_1, TEXT, _1",
        "1.2.3, TEXT, 1.2.3",
        "0x, TEXT, 0x"
      })
  void meansWhatItMeansToGo(String written, Scalars.Kind kind, String value) {
    // Given
    Problems problems = new Problems();
    byte[] text = ("v: " + written + "\n").getBytes(StandardCharsets.UTF_8);

    // When
    Node node = ((Mapping) Yaml.one("f", text, problems).orElseThrow()).at("v").orElseThrow();

    // Then
    Scalar scalar = (Scalar) node;
    assertThat(Scalars.kind(scalar)).isEqualTo(kind);
    assertThat(String.valueOf(Scalars.value(scalar))).isEqualTo(value);
  }
}
