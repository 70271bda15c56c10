package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalseAlarmsTest {

  private static final int MOVES = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void asGoodANewSideIsHardlyEverCalledWorseHoweverOftenItIsLookedAt(long seed) {
    assertThat(FalseAlarms.rate(FalseAlarms.REAL, seed, MOVES, 0.005, 1))
        .as("seed %d", seed)
        .isLessThanOrEqualTo(Looking.FALSE_ALARMS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void repeatedPValuesBreakThePromise(long seed) {
    assertThat(FalseAlarms.rate(FalseAlarms.REPEATED, seed, MOVES, 0.005, 1))
        .as("seed %d", seed)
        .isGreaterThan(3 * Looking.FALSE_ALARMS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void threeTimesTheErrorsAreFound(long seed) {
    assertThat(FalseAlarms.rate(FalseAlarms.REAL, seed, 60, 0.005, 3))
        .as("seed %d", seed)
        .isGreaterThan(0.95);
  }
}
