package dev.hikkoshi.controller.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CronTimesTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @Test
  void aDueTimeIsDueAtItsVeryInstant() {
    CronTimes tuesdays = new CronTimes("0 10 * * 2", TOKYO);

    assertThat(tuesdays.lastDue(Instant.parse("2026-11-24T01:00:00Z")))
        .contains(Instant.parse("2026-11-24T01:00:00Z"));
    assertThat(tuesdays.lastDue(Instant.parse("2026-11-24T00:59:59.999Z")))
        .contains(Instant.parse("2026-11-17T01:00:00Z"));
  }

  @Test
  void anHourThatTheClockSkipsIsMadeUpForOnce() {
    // In Berlin there is no 02:30 on 2027-03-28.
    CronTimes nightly = new CronTimes("30 2 * * *", ZoneId.of("Europe/Berlin"));

    assertThat(nightly.lastDue(Instant.parse("2027-03-28T12:00:00Z")))
        .hasValueSatisfying(
            due ->
                assertThat(due)
                    .isAfterOrEqualTo(Instant.parse("2027-03-27T01:30:00Z"))
                    .isBefore(Instant.parse("2027-03-28T12:00:00Z")));
    assertThat(nightly.lastDue(Instant.parse("2027-03-29T12:00:00Z")))
        .contains(Instant.parse("2027-03-29T00:30:00Z"));
  }

  @Test
  void whatIsNoCronSaysSo() {
    assertThatThrownBy(() -> new CronTimes("0 25 * * 2", TOKYO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
