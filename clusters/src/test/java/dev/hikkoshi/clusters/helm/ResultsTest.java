package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsTest {

  @ParameterizedTest
  @CsvSource({
    "400, Refused",
    "401, Refused",
    "403, Refused",
    "404, Refused",
    "422, Refused",
    "409, Changed",
    "429, Throttled",
    "408, Unclear",
    "500, Unclear",
    "503, Unclear",
    "504, Unclear",
    "0, Unclear"
  })
  void aWritesFailureSaysWhatIsKnownOfIt(int code, String outcome) {
    // When
    Outcome result =
        Results.write(
            () -> {
              throw new KubeException(code, "", "PATCH /x: said no");
            });

    // Then
    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void aLookThatFailsIsUnknownWithItsReason() {
    // When
    Observation<String> seen =
        Results.look(
            "inside of shop",
            () -> {
              throw new KubeException(0, "Timeout", "GET /version: no answer in 20 s");
            });

    // Then
    assertThat(seen)
        .isEqualTo(Observation.unknown("inside of shop", "GET /version: no answer in 20 s"));
  }
}
