package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroTimeTest {

  /** One instant of a thousand has no microseconds beyond its milliseconds. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-27T17:21:35.516Z, 2026-11-27T17:21:35.516000Z",
    "2026-11-27T17:21:35Z, 2026-11-27T17:21:35.000000Z",
    "2026-11-27T17:21:35.123456789Z, 2026-11-27T17:21:35.123456Z"
  })
  void hasSixDigitsWhateverTheyAre(Instant at, String text) {
    assertThat(MicroTime.text(at)).isEqualTo(text);
  }
}
