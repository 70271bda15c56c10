package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {

  private static Shift shift(double... differences) {
    return Shift.of(differences, new double[differences.length]);
  }

  /** Small and large ones in turn, so that neighbours do not resemble each other. */
  private static double[] differences(int n) {
    return IntStream.range(0, n).mapToDouble(i -> i % 2 == 0 ? i : 100 + i * i).toArray();
  }

  /** Means of all pairs, each with itself too, in order. */
  private static double[] means(double... differences) {
    int n = differences.length;
    return IntStream.range(0, n)
        .boxed()
        .flatMapToDouble(
            i ->
                IntStream.rangeClosed(0, i).mapToDouble(j -> (differences[i] + differences[j]) / 2))
        .sorted()
        .toArray();
  }

  @Test
  void pairsAreNeeded() {
    assertThatIllegalArgumentException().isThrownBy(() -> shift());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shift.of(new double[] {1, 2}, new double[] {1}));
  }

  @Test
  void theEstimateIsTheMiddleOfThePairwiseMeans() {
    // Then: 4; of 1, 3.5, 6 the one in the middle; of 1, 1.5, 2, 3.5, 4, 6 half of 2 and 3.5.
    assertThat(shift(4).estimate()).isEqualTo(4);
    assertThat(shift(1, 6).estimate()).isEqualTo(3.5);
    assertThat(shift(1, 6, 2).estimate()).isEqualTo(2.75);
    assertThat(Shift.of(new double[] {11, 16, 12}, new double[] {10, 10, 10}).estimate())
        .isEqualTo(2.75);
  }

  /**
   * Critical values of Wilcoxon's signed ranks, one-sided, from the usual tables (Wilcoxon and
   * Wilcox, 1964): the sum of ranks may be so small with a chance of alpha at most.
   */
  @ParameterizedTest(name = "{0} differences at {1}: {2}")
  @CsvSource({
    "5, 0.05, 0",
    "6, 0.05, 2",
    "7, 0.05, 3",
    "8, 0.05, 5",
    "9, 0.05, 8",
    "10, 0.05, 10",
    "6, 0.025, 0",
    "7, 0.025, 2",
    "8, 0.025, 3",
    "9, 0.025, 5",
    "10, 0.025, 8",
    "7, 0.01, 0",
    "8, 0.01, 1",
    "9, 0.01, 3",
    "10, 0.01, 5",
    "8, 0.005, 0",
    "9, 0.005, 1",
    "10, 0.005, 3"
  })
  void boundsLeaveOutAsManyMeansAsTheTableSays(int n, double alpha, int critical) {
    // Given
    double[] differences = differences(n);
    double[] means = means(differences);

    // When
    Shift shift = shift(differences);

    // Then
    assertThat(shift.groups()).isEqualTo(n);
    assertThat(shift.upper(alpha)).isEqualTo(means[means.length - 1 - critical]);
    assertThat(shift.lower(alpha)).isEqualTo(means[critical]);
  }

  @Test
  void oneInThirtyTwoIsJustEnoughForFiveDifferences() {
    // Given
    Shift shift = shift(differences(5));

    // Then
    assertThat(shift.upper(1 / 32.0)).isEqualTo(109);
    assertThat(shift.lower(1 / 32.0)).isEqualTo(0);
    assertThat(shift.upper(Math.nextDown(1 / 32.0))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(shift.lower(Math.nextDown(1 / 32.0))).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** (1 + r) / (1 - r), rounded up, where r is 1/4, 1/2, 5/8, 983/2226; 0 below it; 9/10 above. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0 0 1 1, 2",
    "0 0 0 1 1 1, 3",
    "0 0 0 0 1 1 1 1, 5",
    "10 10 10 22 22 22 31, 3",
    "10010 10010 10010 10022 10022 10022 10031, 3",
    "1 6 2, 1",
    "7 7 7 7, 1",
    "7, 1",
  })
  void soManyNeighboursStandForOneAsTheirCorrelationAsksFor(String numbers, int together) {
    // Given
    double[] differences =
        Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();

    // Then
    assertThat(Shift.together(differences)).isEqualTo(together);
  }

  @Test
  void noMoreThanNineteenNeighboursStandForOne() {
    assertThat(Shift.together(IntStream.range(0, 1_000).asDoubleStream().toArray())).isEqualTo(19);
  }

  @Test
  void neighboursAreAveragedAndTheLastGroupTakesTheRest() {
    // Given: three and four of seven; their means are 10 and 24.25.
    Shift shift = shift(10, 10, 10, 22, 22, 22, 31);

    // Then
    assertThat(shift.groups()).isEqualTo(2);
    assertThat(shift.estimate()).isCloseTo(17.125, within(1e-12));
    assertThat(shift.lower(0.25)).isEqualTo(10);
    assertThat(shift.upper(0.25)).isEqualTo(24.25);
  }

  @Test
  void fewerNumbersThanStandForOneAreOne() {
    // Given: five of four would stand for one.
    Shift shift = shift(0, 0, 0, 0, 1, 1, 1, 1);

    // Then
    assertThat(shift.groups()).isOne();
    assertThat(shift.estimate()).isEqualTo(0.5);
  }
}
