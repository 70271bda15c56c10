package dev.hikkoshi.environments.check.analysis;

import static dev.hikkoshi.environments.check.analysis.Readouts.TENTH;
import static dev.hikkoshi.environments.check.analysis.Readouts.asked;
import static dev.hikkoshi.environments.check.analysis.Readouts.check;
import static dev.hikkoshi.environments.check.analysis.Readouts.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import org.junit.jupiter.api.Test;

/** Numbers of the new side, such as latency, beside those of the old one. */
class NumbersTest {

  private static final Compare QUARTER = new Compare.NotWorse(0.25, false);

  private static Finding judged(
      Compare compare, int periods, Observation<Readings> fresh, Observation<Readings> old) {
    return Analysis.of(check(compare, 10), fresh, old, asked(periods, false));
  }

  @Test
  void exactlyTheMarginWorseIsNotWorseThanTheMargin() {
    // Given
    Observation<Readings> old = numbers(10, _ -> 1);

    // When
    Finding found = judged(QUARTER, 10, numbers(10, _ -> 1.25), old);

    // Then
    assertThat(found.passed()).isTrue();
    assertThat(found.verdict().evidence())
        .isEqualTo("0.2500 above the old side's 1.000 over 10 periods (10 apart), 0.2500 may be");
    assertThat(judged(QUARTER, 10, numbers(10, _ -> 1.26), old).lack()).isEqualTo(Lack.SAMPLES);
  }

  @Test
  void aRelativeMarginIsAPartOfTheOldSidesLevel() {
    // Given
    Observation<Readings> old = numbers(10, _ -> 50);

    // Then
    assertThat(judged(TENTH, 10, numbers(10, _ -> 55), old).passed()).isTrue();
    assertThat(judged(TENTH, 10, numbers(10, _ -> 55.1), old).passed()).isFalse();
  }

  @Test
  void soManyPeriodsAsAreNeededAreEnough() {
    // Given
    Observation<Readings> old = numbers(10, _ -> 1);

    // When
    Finding few = judged(QUARTER, 9, numbers(9, _ -> 1), old);

    // Then
    assertThat(judged(QUARTER, 10, numbers(10, _ -> 1), old).passed()).isTrue();
    assertThat(few.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(few.verdict().evidence()).isEqualTo("9 samples are too few, 10 are needed");
  }

  @Test
  void onlyPeriodsThatBothSidesHaveAreCompared() {
    // Given
    Observation<Readings> fresh = numbers(20, _ -> 9);

    // When
    Finding some = judged(QUARTER, 20, fresh, numbers(5, _ -> 9));
    Finding none = judged(QUARTER, 20, fresh, numbers(-20, 20, _ -> 9));

    // Then
    assertThat(some.verdict().evidence()).contains("5 samples are too few");
    assertThat(none.lack()).isEqualTo(Lack.DATA);
    assertThat(none.verdict().evidence()).isEqualTo("no period has a number of both sides");
  }

  @Test
  void worseInEveryOtherPeriodIsNoProof() {
    // Given: the middle of the differences is 5, far beyond the margin.
    Observation<Readings> fresh = numbers(40, i -> i % 2 == 0 ? 11 : 1);

    // Then
    assertThat(judged(QUARTER, 40, fresh, numbers(40, _ -> 1)).failed()).isFalse();
  }

  @Test
  void aPeriodThatIsWorseByExactlyTheMarginIsNoEvidence() {
    // Given: two of three periods are at the margin, the third far beyond it.
    Observation<Readings> fresh = numbers(30, i -> i % 3 == 2 ? 9 : 1.25);

    // Then
    assertThat(judged(QUARTER, 30, fresh, numbers(30, _ -> 1)).failed()).isFalse();
  }

  @Test
  void manyWorsePeriodsWhoseMiddleIsTheMarginDoNotFail() {
    // Given: 141 differences of 0.5 among 59 of 0, spread evenly. Of the 20,100 pairwise means
    // 10,011 are 0.5, so that the middle ones are 0.25.
    Observation<Readings> fresh = numbers(200, i -> i * 59 % 200 < 59 ? 1 : 1.5);

    // When
    Finding found = judged(QUARTER, 200, fresh, numbers(200, _ -> 1));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(found.verdict().evidence()).startsWith("0.2500 above");
  }

  @Test
  void withoutTheOldSideItsEarlierLevelIsTheMeasure() {
    // Given: 0.2 s in the middle.
    Observation<Readings> before = numbers(-30, 30, i -> 0.2 + 0.01 * (Math.floorMod(i, 3) - 1));

    // Then
    assertThat(after(numbers(20, _ -> 0.21), before).passed()).isTrue();
    assertThat(after(numbers(20, _ -> 0.3), before).failed()).isTrue();
  }

  @Test
  void withoutTheOldSideAndWithoutItsPastThereIsNothingToCompareWith() {
    assertThat(after(numbers(20, _ -> 0.2), numbers(0, _ -> 0)).lack()).isEqualTo(Lack.DATA);
  }

  private static Finding after(Observation<Readings> fresh, Observation<Readings> before) {
    return Analysis.of(check(TENTH, 10), fresh, before, asked(20, true));
  }
}
