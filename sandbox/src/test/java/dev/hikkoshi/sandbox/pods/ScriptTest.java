package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  private static Script script(String text) {
    return Script.of(Map.of(Script.ANNOTATION, text));
  }

  @Test
  void withoutAnAnnotationNothingMisbehaves() {
    assertThat(Script.of(Map.of("other", "x"))).isEqualTo(Script.NONE);
  }

  @Test
  void allKeysAreRead() {
    Script read =
        script(
            """
            {"errors": 0.02, "errorsAboveRps": 50, "errorsFrom": "2026-11-25T09:30:00Z",
              "latencyMillis": 20, "throttleAfter": "30m",
             "throttledRps": 5, "readyAfter": "2s", "neverReady": true, "startFails": true,
             "runFor": "500ms", "exitCode": 3}""");

    assertThat(read)
        .isEqualTo(
            new Script(
                Duration.ofSeconds(2),
                true,
                Duration.ofMillis(20),
                0.02,
                50,
                Instant.parse("2026-11-25T09:30:00Z"),
                Duration.ofMinutes(30),
                5,
                true,
                Duration.ofMillis(500),
                3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eror\": 1}",
        "{\"errors\": 1.5}",
        "{\"errors\": \"NaN\"}",
        "{\"latencyMillis\": -1}",
        "{\"readyAfter\": \"2 s\"}",
        "{\"exitCode\": 256}",
        "{\"errorsFrom\": \"9:30\"}",
        "[]",
        "{"
      })
  void whatIsNoScriptIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> script(text))
        .withMessageContaining(Script.ANNOTATION);
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "90s, PT1M30S", "30m, PT30M", "1h, PT1H"})
  void timesHaveAUnit(String written, Duration meant) {
    assertThat(script("{\"readyAfter\": \"" + written + "\"}").readyAfter()).isEqualTo(meant);
  }
}
