package dev.hikkoshi.environments.check.analysis;

import static dev.hikkoshi.environments.check.analysis.Readouts.POINT;
import static dev.hikkoshi.environments.check.analysis.Readouts.asked;
import static dev.hikkoshi.environments.check.analysis.Readouts.check;
import static dev.hikkoshi.environments.check.analysis.Readouts.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import org.junit.jupiter.api.Test;

/** Errors of the new side beside those of the old one in the same minutes. */
class ComparisonTest {

  private static Finding judged(
      double margin, long least, Observation<Readings> fresh, Observation<Readings> old) {
    Compare compare = new Compare.NotWorse(margin, false);
    return Analysis.of(check(compare, least), fresh, old, asked(10, false));
  }

  @Test
  void theSentenceTellsBothSidesAndByHowMuchTheNewOneIsWorseAtMost() {
    // When
    Finding found = judged(0.01, 200, counts(10, 100, _ -> 0), counts(10, 900, _ -> 18));

    // Then: 0.43724 % is 1 - 0.0125^(1/1000); 1.68347 % is the lower bound of 180 of 9000 at 1.25
    // %.
    assertThat(found.verdict().evidence())
        .isEqualTo(
            "0 bad of 1000 (0.00 %) on the new side, 180 bad of 9000 (2.00 %) on the old one:"
                + " worse by -1.25 points at most, 1.00 may be");
  }

  @Test
  void worseByExactlyTheMarginIsNoFailAndByAnyMoreItIs() {
    // Given: half of the old side's requests fail, and the margin is a quarter.
    Observation<Readings> old = counts(10, 100, _ -> 50);

    // Then
    assertThat(judged(0.25, 1, counts(10, 100, _ -> 75), old).failed()).isFalse();
    assertThat(judged(0.25, 1, counts(10, 100, i -> i == 0 ? 76 : 75), old).failed()).isTrue();
  }

  @Test
  void twiceTheErrorsFailHoweverWideTheMarginIs() {
    // Given
    Observation<Readings> old = counts(10, 1_000, _ -> 10);

    // Then
    assertThat(judged(0.5, 1, counts(10, 1_000, _ -> 20), old).failed()).isTrue();
    assertThat(judged(0.5, 1, counts(10, 1_000, i -> i == 0 ? 19 : 20), old).passed()).isTrue();
  }

  @Test
  void aProvenDifferenceBelowTheMarginPassesHoweverManyErrorsBothHave() {
    assertThat(
            judged(0.01, 200, counts(10, 200_000, _ -> 2_400), counts(10, 200_000, _ -> 2_000))
                .passed())
        .isTrue();
  }

  @Test
  void soManyRequestsAsAreNeededAreEnough() {
    // Given
    Observation<Readings> clean = counts(10, 20, _ -> 0);

    // When
    Finding enough = judged(0.05, 200, clean, clean);
    Finding few = judged(0.05, 201, clean, clean);

    // Then
    assertThat(enough.passed()).isTrue();
    assertThat(few.lack()).isEqualTo(Lack.SAMPLES);
    assertThat(few.verdict().evidence()).isEqualTo("200 samples are too few, 201 are needed");
  }

  @Test
  void whatIsPlausibleMayReachTheMarginAndNotPassIt() {
    // Given
    Observation<Readings> clean = counts(10, 20, _ -> 0);
    double plausible = ClopperPearson.excess(0, 200, 0, 200, new Looking(6, 0, 1).pass());

    // Then
    assertThat(judged(plausible, 1, clean, clean).passed()).isTrue();
    assertThat(judged(Math.nextDown(plausible), 1, clean, clean).lack()).isEqualTo(Lack.SAMPLES);
  }

  @Test
  void aMinuteThatOnlyOneSideHasAccusesNobody() {
    // Given: errors in every minute but the one that the old side has too.
    Observation<Readings> fresh = counts(10, 100, i -> i == 0 ? 0 : 50);

    // When
    Finding found = judged(0.01, 200, fresh, counts(1, 900, _ -> 0));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
  }

  @Test
  void aMinuteInWhichNeitherSideHadARequestTellsNothing() {
    // Given
    Observation<Readings> fresh = counts(10, 0, _ -> 0);

    // When
    Finding found = judged(0.01, 200, fresh, fresh);

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
  }

  @Test
  void whatTheOldSidePlausiblyHadEarlierIsNoAccusation() {
    // Given: 10 of 1000 failed; up to 2.4 % are plausible, by Clopper and Pearson at 0.1 %.
    Observation<Readings> before = counts(-10, 10, 100, _ -> 1);

    // Then: both are more than a point worse, and more than twice as bad.
    assertThat(after(counts(10, 10_000, _ -> 230), before).failed()).isFalse();
    assertThat(after(counts(10, 10_000, _ -> 300), before).failed()).isTrue();
  }

  @Test
  void fewErrorsAreNoProofWhereTheOldSideHadFewerEarlier() {
    // When: twice as many of fewer.
    Finding found =
        after(counts(10, 600, i -> i == 0 ? 2 : 0), counts(-30, 30, 300, i -> i == -1 ? 1 : 0));

    // Then
    assertThat(found.passed()).isTrue();
    assertThat(found.verdict().evidence())
        .contains("2 bad of 6000 (0.0333 %) on the new side", "(0.0111 %) on the old one before");
  }

  @Test
  void manyErrorsOfASickOldSideAreExceededAllTheSame() {
    // Given: 40 % failed earlier; 44.9 % are plausible.
    Observation<Readings> before = counts(-10, 10, 100, _ -> 40);

    // Then
    assertThat(after(counts(10, 100, _ -> 60), before).failed()).isTrue();
  }

  @Test
  void anOldSideThatNeverHadARequestProvesNothing() {
    // When
    Finding found = after(counts(10, 100, _ -> 50), counts(-10, 10, 0, _ -> 0));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.SAMPLES);
  }

  private static Finding after(Observation<Readings> fresh, Observation<Readings> before) {
    return Analysis.of(check(POINT, 200), fresh, before, asked(10, true));
  }
}
