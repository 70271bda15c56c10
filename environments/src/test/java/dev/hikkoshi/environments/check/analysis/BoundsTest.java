package dev.hikkoshi.environments.check.analysis;

import static dev.hikkoshi.environments.check.analysis.Readouts.NOBODY;
import static dev.hikkoshi.environments.check.analysis.Readouts.asked;
import static dev.hikkoshi.environments.check.analysis.Readouts.check;
import static dev.hikkoshi.environments.check.analysis.Readouts.counts;
import static dev.hikkoshi.environments.check.analysis.Readouts.least;
import static dev.hikkoshi.environments.check.analysis.Readouts.most;
import static dev.hikkoshi.environments.check.analysis.Readouts.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The new side alone, against limits. */
class BoundsTest {

  private static final Compare BETWEEN =
      new Compare.Bound(OptionalDouble.of(40), OptionalDouble.of(90));

  private static Finding judged(Compare compare, long least, Observation<Readings> fresh) {
    return Analysis.of(check(compare, least), fresh, NOBODY, asked(10, false));
  }

  private static Finding levels(Compare compare, int breaches, double... levels) {
    Budget budget = new Budget(breaches, 2, Duration.ofMinutes(5));
    return Analysis.of(
        check(compare, 1, budget),
        numbers(levels.length, i -> levels[i]),
        NOBODY,
        asked(levels.length, false));
  }

  @Test
  void theSentenceOfAFractionTellsItAndItsLimit() {
    assertThat(judged(most(0.01), 200, counts(10, 100, _ -> 0)).verdict().evidence())
        .isEqualTo("0 bad of 1000 (0.00 %), 1.00 % is the limit");
    assertThat(judged(most(0.01), 200, counts(10, 20, _ -> 4)).verdict().evidence())
        .isEqualTo("40 bad of 200 (20.0 %), 1.00 % is the limit");
  }

  @Test
  void noRequestDecidesNothing() {
    // When
    Finding found = judged(most(0.01), 200, counts(10, 0, _ -> 0));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(found.verdict().evidence())
        .isEqualTo("0 bad of 0 (0.00 %), 1.00 % is the limit: not decided yet");
  }

  @Test
  void aGoodFractionPassesFromTheSamplesOnThatAreNeeded() {
    assertThat(judged(most(0.01), 1_000, counts(10, 100, _ -> 0)).passed()).isTrue();
    assertThat(judged(most(0.01), 1_001, counts(10, 100, _ -> 0)).verdict().evidence())
        .isEqualTo("1000 samples are too few, 1001 are needed");
  }

  @Test
  void aFractionThatWasBadOnceIsBadHoweverGoodItIsLater() {
    assertThat(judged(most(0.01), 200, counts(10, 100_000, i -> i == 0 ? 2_000 : 0)).failed())
        .isTrue();
  }

  @Test
  void aFractionThatWasGoodOnceIsJudgedByTheWholeWindow() {
    // Given: good after the first minute, between the two words after the second.
    Observation<Readings> fresh = counts(2, 1_000, i -> i == 0 ? 0 : 5);

    // When
    Finding found = Analysis.of(check(most(0.01), 200), fresh, NOBODY, asked(2, false));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(found.verdict().evidence()).endsWith("not decided yet");
  }

  @ParameterizedTest
  @CsvSource({
    "40, true",
    "39.9, false",
    "90, true",
    "90.1, false",
  })
  void aLevelMayReachItsLimitsAndNotPassThem(double level, boolean passes) {
    assertThat(levels(BETWEEN, 0, level).passed()).isEqualTo(passes);
  }

  @Test
  void aLimitOnOneSideLeavesTheOtherOpen() {
    assertThat(levels(least(40), 0, 1e9).passed()).isTrue();
    assertThat(levels(most(90), 0, -1e9).passed()).isTrue();
  }

  @Test
  void soManyPeriodsBeyondAsTheBudgetAllowsPassAndOneMoreFails() {
    assertThat(levels(BETWEEN, 2, 30, 50, 99, 50).passed()).isTrue();
    assertThat(levels(BETWEEN, 2, 30, 50, 99, 50, 20).failed()).isTrue();
  }

  @Test
  void theSentenceOfLevelsTellsTheLimitsAndTheLastLevelBeyond() {
    assertThat(levels(BETWEEN, 0, 30, 50, 99, 50).verdict().evidence())
        .isEqualTo("2 of 4 periods beyond the limit (at least 40.0, at most 90.0), last 99.0");
    assertThat(levels(least(40), 0, 50).verdict().evidence())
        .isEqualTo("0 of 1 periods beyond the limit (at least 40.0)");
    assertThat(levels(most(90), 0, 50).verdict().evidence())
        .isEqualTo("0 of 1 periods beyond the limit (at most 90.0)");
  }

  @Test
  void levelsPassFromTheNumberOfPeriodsOnThatIsNeeded() {
    assertThat(judged(most(90), 10, numbers(10, _ -> 50)).passed()).isTrue();
    assertThat(judged(most(90), 11, numbers(10, _ -> 50)).verdict().evidence())
        .isEqualTo("10 samples are too few, 11 are needed");
  }
}
