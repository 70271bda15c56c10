package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hikkoshi.environments.check.Binomial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bet is worth, and that it is fair whatever came before. */
class BetTest {

  /** Logarithms of the closed form in {@link Bet}, computed with 40 digits by mpmath. */
  @ParameterizedTest(name = "{0} of {0} + {1} at {2}")
  @CsvSource({
    "1, 0, 0.5, 0",
    "3, 0, 0.5, 0.693147180559945",
    "0, 3, 0.5, 0.693147180559945",
    "3, 3, 0.25, -0.300104592450338",
    "5, 10, 0.1, 0.940854426737251",
    "10, 2, 0.05, 19.9891241812554",
    "40, 60, 0.25, 3.06125628164831",
  })
  void withOneChanceItIsTheBetaBinomialMixture(long hit, long missed, double chance, double log) {
    // Given
    Bet bet = new Bet();

    // When
    bet.block(hit, missed, chance);

    // Then
    assertThat(bet.log()).isCloseTo(log, within(1e-11));
  }

  @Test
  void aBlockWithAnotherChanceIsBetOnByTheOddsThatWereSeen() {
    // Given: at 1/2 three hits in a row double a unit.
    Bet bet = new Bet();
    bet.block(3, 0, 0.5);

    // When: seen are (2/5 + 3) / 5 = 17/25, expected were (2/5 + 3/2) / 5 = 19/50. Those odds,
    // 17/8 over 19/31, times 1/4 make a chance of 527/1135 instead of 1/5.
    bet.block(1, 0, 0.2);

    // Then
    assertThat(bet.log()).isCloseTo(Math.log(2 * 527 / 227.0), within(1e-12));
  }

  @Test
  void threeBlocksWithThreeChances() {
    // Given
    Bet bet = new Bet();

    // When
    bet.block(3, 1, 0.1);
    bet.block(2, 2, 0.25);
    bet.block(4, 1, 0.5);

    // Then: event by event, in fractions of whole numbers: 12208964365713920 / 709315114248897.
    assertThat(bet.log()).isCloseTo(2.84562586831053, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.05", "0.3", "0.5", "0.9"})
  void whateverWasSeenTheNextBlockIsAFairBet(double chance) {
    // Given
    int events = 6;
    double expected = 0;

    // When
    for (int hit = 0; hit <= events; hit++) {
      Bet bet = new Bet();
      bet.block(7, 4, 0.2);
      bet.block(1, 8, 0.6);
      double before = bet.log();
      bet.block(hit, events - hit, chance);
      double likely =
          Binomial.atLeast(hit, events, chance)
              - (hit == events ? 0 : Binomial.atLeast(hit + 1, events, chance));
      expected += likely * Math.exp(bet.log() - before);
    }

    // Then
    assertThat(expected).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5, 5, 0", "5, 5, 1", "5, 0, 1", "0, 5, 0", "0, 0, 0.5"})
  void whereNothingCanBeToldNothingIsBet(long hit, long missed, double chance) {
    // Given
    Bet bet = new Bet();
    Bet same = new Bet();

    // When
    bet.block(hit, missed, chance);
    bet.block(4, 1, 0.3);
    same.block(4, 1, 0.3);

    // Then
    assertThat(bet.log()).isEqualTo(same.log());
  }

  @Test
  void itsShareInAllIsNoAccusationHoweverUnevenItCame() {
    // Given: 20 of 40, where 18 and 2 were fair.
    Bet bet = new Bet();

    // When
    bet.block(0, 20, 0.9);
    bet.block(20, 0, 0.1);

    // Then: a unit became 8.3e21.
    assertThat(bet.log()).isCloseTo(Math.log(8.315853880295703e21), within(1e-9));
    assertThat(bet.won(0.01)).isFalse();
    bet.block(1, 0, 0.5);
    assertThat(bet.won(0.01)).isTrue();
  }
}
