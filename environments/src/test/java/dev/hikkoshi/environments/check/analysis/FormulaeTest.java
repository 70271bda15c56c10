package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published tables: Clopper and Pearson's bounds, Wald's thresholds, and what an e-value of a
 * beta-binomial mixture needs before it speaks.
 */
class FormulaeTest {

  @ParameterizedTest
  @CsvSource({
    "299, 0.01, 0.05",
    "598, 0.005, 0.05",
    "2995, 0.001, 0.05",
    "29956, 0.0001, 0.05",
    "459, 0.01, 0.01",
    "919, 0.005, 0.01",
    "4603, 0.001, 0.01"
  })
  void soManyCleanRequestsProveAFraction(long n, double below, double alpha) {
    assertThat(ClopperPearson.upper(0, n, alpha)).isLessThanOrEqualTo(below);
    assertThat(ClopperPearson.upper(0, n - 1, alpha)).isGreaterThan(below * (1 - 1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00299", "1, 0.00473", "2, 0.00628", "5, 0.0105"})
  void theBoundOfSomeFailuresInAThousand(long failures, double bound) {
    assertThat(ClopperPearson.upper(failures, 1_000, 0.05)).isCloseTo(bound, within(5e-5));
  }

  @Test
  void boundsAreEachOthersMirror() {
    assertThat(ClopperPearson.lower(7, 40, 0.025))
        .isCloseTo(1 - ClopperPearson.upper(33, 40, 0.025), within(1e-12));
    assertThat(ClopperPearson.lower(0, 40, 0.025)).isZero();
    assertThat(ClopperPearson.upper(0, 0, 0.025)).isOne();
  }

  @Test
  void twoFailuresInARowStopAndFiveHundredAndEightCleanRequestsPass() {
    // Given
    Sprt test = new Sprt(0.001, 0.01, 0.01);

    // Then
    assertThat(test.threshold()).isCloseTo(4.595, within(1e-3));
    assertThat(test.word(1, 1)).isEqualTo(Sprt.Word.OPEN);
    assertThat(test.word(2, 2)).isEqualTo(Sprt.Word.BAD);
    assertThat(test.word(0, 507)).isEqualTo(Sprt.Word.OPEN);
    assertThat(test.word(0, 508)).isEqualTo(Sprt.Word.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.05, 3", "0.1, 0.01, 4", "0.1, 0.001, 6",
    "0.5, 0.05, 8", "0.5, 0.01, 11", "0.5, 0.001, 14"
  })
  void soManyErrorsAllOnTheNewSideAreEnough(double share, double alpha, int errors) {
    assertThat(bet(errors, 0, share).won(alpha)).isTrue();
    assertThat(bet(errors - 1, 0, share).won(alpha)).isFalse();
  }

  @Test
  void blocksOfOneChanceComeToTheSameAsAllAtOnce() {
    // Given
    Bet blocks = new Bet();

    // When
    blocks.block(1, 3, 0.1);
    blocks.block(0, 5, 0.1);
    blocks.block(4, 2, 0.1);

    // Then
    assertThat(blocks.log()).isCloseTo(bet(5, 10, 0.1).log(), within(1e-9));
  }

  @Test
  void fewerErrorsThanItsShareAreNoAccusation() {
    assertThat(bet(0, 200, 0.5).log()).isGreaterThan(Math.log(1_000));
    assertThat(bet(0, 200, 0.5).won(0.01)).isFalse();
  }

  @Test
  void theMedianOfPairwiseMeansAndItsExactBounds() {
    // Given: five differences, 1 to 5, that do not resemble their neighbours.
    Shift shift = Shift.of(new double[] {11, 15, 12, 14, 13}, new double[] {10, 10, 10, 10, 10});

    // Then
    assertThat(shift.estimate()).isCloseTo(3, within(1e-12));
    assertThat(shift.upper(0.04)).isEqualTo(5);
    assertThat(shift.lower(0.04)).isEqualTo(1);
    assertThat(shift.upper(0.03)).isInfinite();
  }

  @Test
  void neighboursThatResembleEachOtherStandForOne() {
    // Given
    double[] alternating = new double[60];
    double[] slow = new double[60];
    for (int i = 0; i < 60; i++) {
      alternating[i] = i % 2;
      slow[i] = Math.sin(i / 10.0);
    }

    // Then
    assertThat(Shift.together(alternating)).isOne();
    assertThat(Shift.together(slow)).isGreaterThan(10);
  }

  private static Bet bet(long hit, long missed, double chance) {
    Bet bet = new Bet();
    bet.block(hit, missed, chance);
    return bet;
  }
}
