package dev.hikkoshi.sandbox.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aSeriesThatIsLongerThanWhatIsKeptStillTakesEveryValue() {
    // Given
    ManualTime time = new ManualTime(START);
    Series series = new Series(time, SECOND);
    // When
    for (int second = 0; second < 4_000; second++) {
      series.add(1);
      time.advance(SECOND);
    }
    // Then
    Instant end = START.plusSeconds(4_000);
    assertThat(series.read(end.minusSeconds(1_000), end, SECOND)).hasSize(1_000);
    assertThat(series.read(START, end, SECOND)).hasSizeLessThan(2_000);
  }
}
