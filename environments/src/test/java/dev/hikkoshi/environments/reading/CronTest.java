package dev.hikkoshi.environments.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 10 * * 2",
        "*/15 0-6/2 1,15 jan-mar mon-fri",
        "0 0 29 2 *",
        "0 0 31 2 mon",
        "59 23 31 12 7",
        "0  10 * * SUN"
      })
  void acceptsWhatUnixDoes(String schedule) {
    assertThat(Cron.wrong(schedule)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@daily",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5/10 * * * *",
        "*/0 * * * *",
        "10-5 * * * *",
        "0 0 30 feb *",
        "0 0 31 4,6 *",
        "1,,2 * * * *",
        "* * L * *",
        "* * * * mon#1",
        "? * * * *"
      })
  void refusesTheRest(String schedule) {
    assertThat(Cron.wrong(schedule)).isPresent();
  }
}
