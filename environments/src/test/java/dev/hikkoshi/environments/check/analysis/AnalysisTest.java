package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.port.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTest {

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Compare POINT = new Compare.NotWorse(0.01, false);
  private static final Compare TENTH = new Compare.NotWorse(0.1, true);

  private static Compare most(double max) {
    return new Compare.Bound(OptionalDouble.empty(), OptionalDouble.of(max));
  }

  private static MoveCheck check(Compare compare, long least) {
    return new MoveCheck(
        "c",
        Set.of(),
        DeclaredCheck.When.DURING,
        true,
        new Measure.RouteErrors(),
        compare,
        least,
        Budget.standard(),
        Optional.empty());
  }

  private static Analysis.Asked asked(int periods, boolean before) {
    Instant end = START.plus(PERIOD.multipliedBy(periods));
    return new Analysis.Asked(START, end, PERIOD, before, new Looking(6, 0, 1));
  }

  private static Observation<Readings> counts(int periods, long total, IntToLongFunction bad) {
    return Observation.known(
        new Readings.Counts(
            IntStream.range(0, periods)
                .mapToObj(
                    i -> new Count(START.plus(PERIOD.multipliedBy(i)), bad.applyAsLong(i), total))
                .toList()));
  }

  private static Observation<Readings> values(int periods, IntToDoubleFunction value) {
    return Observation.known(
        new Readings.Values(
            IntStream.range(0, periods)
                .mapToObj(
                    i -> new Value(START.plus(PERIOD.multipliedBy(i)), value.applyAsDouble(i)))
                .toList()));
  }

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
    Observation<Readings> before = counts(30, 300, _ -> 1);

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
    Observation<Readings> nobody = Observation.unknown("old", "not asked");

    // Then
    assertThat(Analysis.of(check, counts(10, 100, _ -> 0), nobody, asked(10, false)).passed())
        .isTrue();
    assertThat(Analysis.of(check, counts(2, 100, _ -> 4), nobody, asked(2, false)).failed())
        .isTrue();
    assertThat(Analysis.of(check, counts(2, 100, _ -> 0), nobody, asked(2, false)).lack())
        .isEqualTo(Lack.SAMPLES);
  }

  @Test
  void alevelMayBeBeyondItsLimitAsOftenAsTheBudgetSays() {
    // Given
    MoveCheck check = check(new Compare.Bound(OptionalDouble.of(40), OptionalDouble.empty()), 5);
    Observation<Readings> nobody = Observation.unknown("old", "not asked");

    // Then
    assertThat(
            Analysis.of(check, values(10, i -> i == 4 ? 30 : 90), nobody, asked(10, false))
                .passed())
        .isTrue();
    assertThat(
            Analysis.of(check, values(10, i -> i > 7 ? 30 : 90), nobody, asked(10, false)).failed())
        .isTrue();
  }

  @Test
  void latencyIsHeldAgainstTheOldSideOfTheSameMinute() {
    // Given: a wave that both sides ride.
    MoveCheck check = check(TENTH, 10);
    Observation<Readings> old = values(30, i -> 0.2 + 0.05 * Math.sin(i));

    // Then
    assertThat(
            Analysis.of(check, values(30, i -> 0.201 + 0.05 * Math.sin(i)), old, asked(30, false))
                .passed())
        .isTrue();
    assertThat(
            Analysis.of(check, values(30, i -> 0.3 + 0.05 * Math.sin(i)), old, asked(30, false))
                .failed())
        .isTrue();
  }
}
