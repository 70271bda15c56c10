package dev.hikkoshi.environments.check.analysis;

import static dev.hikkoshi.environments.check.analysis.Readouts.NOBODY;
import static dev.hikkoshi.environments.check.analysis.Readouts.POINT;
import static dev.hikkoshi.environments.check.analysis.Readouts.TENTH;
import static dev.hikkoshi.environments.check.analysis.Readouts.asked;
import static dev.hikkoshi.environments.check.analysis.Readouts.check;
import static dev.hikkoshi.environments.check.analysis.Readouts.counts;
import static dev.hikkoshi.environments.check.analysis.Readouts.least;
import static dev.hikkoshi.environments.check.analysis.Readouts.most;
import static dev.hikkoshi.environments.check.analysis.Readouts.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import org.junit.jupiter.api.Test;

class AnalysisTest {

  private static Finding errors(
      int periods, Observation<Readings> fresh, Observation<Readings> old) {
    return Analysis.of(check(POINT, 200), fresh, old, asked(periods, false));
  }

  @Test
  void aCleanNewSideWithEnoughRequestsPasses() {
    assertThat(errors(10, counts(10, 60, _ -> 0), counts(10, 540, _ -> 0)).passed()).isTrue();
  }

  @Test
  void fewRequestsSayNothingHoweverCleanTheyAre() {
    // When
    Finding found = errors(10, counts(10, 6, _ -> 0), counts(10, 540, _ -> 0));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(found.verdict().evidence()).contains("60 samples are too few, 200 are needed");
  }

  @Test
  void enoughRequestsThatDoNotProveTheMarginAreStillNoPass() {
    assertThat(errors(10, counts(10, 25, _ -> 0), counts(10, 540, _ -> 0)).lack())
        .isEqualTo(Lack.SAMPLES);
  }

  @Test
  void aSickNewSideFailsWithFewRequestsToo() {
    // When
    Finding found = errors(3, counts(3, 10, _ -> 5), counts(3, 590, _ -> 1));

    // Then
    assertThat(found.failed()).isTrue();
    assertThat(found.verdict().evidence()).contains("15 bad of 30", "3 bad of 1770");
  }

  @Test
  void errorsThatStrikeBothSidesAreNobodysFault() {
    assertThat(errors(5, counts(5, 300, _ -> 60), counts(5, 300, _ -> 60)).failed()).isFalse();
  }

  @Test
  void aSickOldSideDoesNotMakeTheNewOneFail() {
    assertThat(errors(5, counts(5, 300, _ -> 0), counts(5, 300, _ -> 90)).passed()).isTrue();
  }

  @Test
  void aDifferenceThatIsProvenButDoesNotMatterDoesNotFail() {
    assertThat(errors(20, counts(20, 100_000, _ -> 120), counts(20, 100_000, _ -> 100)).passed())
        .isTrue();
  }

  @Test
  void noDataIsNeverAPass() {
    // When
    Finding found = errors(10, counts(0, 0, _ -> 0), counts(10, 540, _ -> 0));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.DATA);
    assertThat(found.verdict().evidence()).contains("no data for 10 of 10 periods");
  }

  @Test
  void theNewestPeriodsMayBeOnTheirWay() {
    assertThat(errors(12, counts(10, 60, _ -> 0), counts(10, 540, _ -> 0)).passed()).isTrue();
    assertThat(errors(15, counts(10, 60, _ -> 0), counts(10, 540, _ -> 0)).lack())
        .isEqualTo(Lack.DATA);
  }

  @Test
  void aProviderThatCannotBeAskedIsNeitherDataNorSamples() {
    // Given
    Observation<Readings> away = Observation.unknown("prometheus main", "connection refused");

    // Then
    assertThat(errors(10, away, counts(10, 540, _ -> 0)).lack()).isEqualTo(Lack.ANSWER);
    assertThat(errors(10, counts(10, 60, _ -> 0), away).lack()).isEqualTo(Lack.ANSWER);
  }

  @Test
  void withoutTheOldSideItsEarlierErrorsAreTheMeasure() {
    // Given
    Analysis.Asked after = asked(10, true);
    Observation<Readings> before = counts(-30, 30, 300, _ -> 1);

    // Then
    assertThat(Analysis.of(check(POINT, 200), counts(10, 600, _ -> 2), before, after).passed())
        .isTrue();
    assertThat(Analysis.of(check(POINT, 200), counts(10, 600, _ -> 40), before, after).failed())
        .isTrue();
  }

  @Test
  void aLimitForAFractionIsProvenEitherWay() {
    // Given
    MoveCheck check = check(most(0.01), 200);

    // Then
    assertThat(Analysis.of(check, counts(10, 100, _ -> 0), NOBODY, asked(10, false)).passed())
        .isTrue();
    assertThat(Analysis.of(check, counts(2, 100, _ -> 4), NOBODY, asked(2, false)).failed())
        .isTrue();
    assertThat(Analysis.of(check, counts(2, 100, _ -> 0), NOBODY, asked(2, false)).lack())
        .isEqualTo(Lack.SAMPLES);
  }

  @Test
  void alevelMayBeBeyondItsLimitAsOftenAsTheBudgetSays() {
    // Given
    MoveCheck check = check(least(40), 5);

    // Then
    assertThat(
            Analysis.of(check, numbers(10, i -> i == 4 ? 30 : 90), NOBODY, asked(10, false))
                .passed())
        .isTrue();
    assertThat(
            Analysis.of(check, numbers(10, i -> i > 7 ? 30 : 90), NOBODY, asked(10, false))
                .failed())
        .isTrue();
  }

  @Test
  void latencyIsHeldAgainstTheOldSideOfTheSameMinute() {
    // Given: a wave that both sides ride.
    MoveCheck check = check(TENTH, 10);
    Observation<Readings> old = numbers(30, i -> 0.2 + 0.05 * Math.sin(i));

    // Then
    assertThat(
            Analysis.of(check, numbers(30, i -> 0.201 + 0.05 * Math.sin(i)), old, asked(30, false))
                .passed())
        .isTrue();
    assertThat(
            Analysis.of(check, numbers(30, i -> 0.3 + 0.05 * Math.sin(i)), old, asked(30, false))
                .failed())
        .isTrue();
  }
}
