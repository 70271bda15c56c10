package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");
  private final Rate rate = new Rate();

  @Test
  void countsWhatCameWithinTheLastSecond() {
    double last = 0;
    for (int i = 0; i < 200; i++) {
      last = rate.count(BEGIN.plusMillis(i * 10L));
    }

    assertThat(last).isBetween(95.0, 105.0);
    assertThat(rate.count(BEGIN.plusSeconds(10))).isEqualTo(1);
  }

  @Test
  void aThrottledDiskServesOneAfterTheOther() {
    assertThat(rate.queue(BEGIN, 10)).isZero();
    assertThat(rate.queue(BEGIN, 10)).isEqualTo(Duration.ofMillis(100));
    assertThat(rate.queue(BEGIN.plusMillis(50), 10)).isEqualTo(Duration.ofMillis(150));
    assertThat(rate.queue(BEGIN.plusSeconds(5), 10)).isZero();
  }
}
