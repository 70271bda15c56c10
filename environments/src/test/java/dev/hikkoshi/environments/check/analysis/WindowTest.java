package dev.hikkoshi.environments.check.analysis;

import static dev.hikkoshi.environments.check.analysis.Readouts.POINT;
import static dev.hikkoshi.environments.check.analysis.Readouts.asked;
import static dev.hikkoshi.environments.check.analysis.Readouts.check;
import static dev.hikkoshi.environments.check.analysis.Readouts.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Counts;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many of the periods that were asked about may be without data. */
class WindowTest {

  private static Finding judged(int asked, Observation<Readings> fresh) {
    return Analysis.of(check(POINT, 200), fresh, counts(60, 900, _ -> 0), asked(asked, false));
  }

  /** Clean minutes, of which some in the middle are missing. */
  private static Observation<Readings> without(int periods, int first, int gaps) {
    Counts all = (Counts) counts(periods, 600, _ -> 0).known().orElseThrow();
    return Observation.known(
        new Counts(
            IntStream.range(0, periods)
                .filter(i -> i < first || i >= first + gaps)
                .mapToObj(all.blocks()::get)
                .toList()));
  }

  @ParameterizedTest(name = "none of {0} periods: {1}")
  @CsvSource({"1, TIME", "2, TIME", "3, DATA"})
  void theFirstTwoPeriodsAreWaitedForAndALaterOneIsMissed(int periods, Lack lack) {
    assertThat(judged(periods, counts(0, 0, _ -> 0)).lack()).isEqualTo(lack);
  }

  @Test
  void aFirstPeriodThatIsThereIsJudgedAtOnce() {
    assertThat(judged(2, counts(1, 600, _ -> 0)).passed()).isTrue();
  }

  @ParameterizedTest(name = "{0} of 20 periods are missing in the middle: passes {1}")
  @CsvSource({"2, true", "3, false"})
  void soManyGapsAsTheBudgetAllowsAreBorne(int gaps, boolean passes) {
    // When
    Finding found = judged(20, without(20, 5, gaps));

    // Then
    assertThat(found.passed()).isEqualTo(passes);
    assertThat(found.lack()).isEqualTo(passes ? Lack.NOTHING : Lack.DATA);
  }

  @ParameterizedTest(name = "the newest {0} of 20 are missing: passes {1}")
  @CsvSource({"4, true", "5, false"})
  void twoOfTheNewestPeriodsAreOnTheirWayAndNoGaps(int newest, boolean passes) {
    assertThat(judged(20, counts(20 - newest, 600, _ -> 0)).passed()).isEqualTo(passes);
  }

  @Test
  void gapsAndTheNewestPeriodsAreCountedTogether() {
    // Given: two gaps, and of the newest four two more than may be on their way.
    Observation<Readings> fresh = without(16, 5, 2);

    // When
    Finding found = judged(20, fresh);

    // Then
    assertThat(found.verdict().evidence())
        .isEqualTo("no data for 4 of 20 periods, 2 may be without");
  }

  @Test
  void noDataAtAllIsNoPassHoweverWideTheBudgetIs() {
    // Given
    Budget wide = new Budget(1, 100, Duration.ofMinutes(5));

    // When
    Finding found =
        Analysis.of(
            check(POINT, 0, wide), counts(0, 0, _ -> 0), counts(10, 900, _ -> 0), asked(10, false));

    // Then
    assertThat(found.lack()).isEqualTo(Lack.DATA);
  }

  @Test
  void whatIsProvenBadIsSoHoweverMuchIsMissing() {
    assertThat(judged(20, counts(3, 600, _ -> 60)).failed()).isTrue();
  }
}
