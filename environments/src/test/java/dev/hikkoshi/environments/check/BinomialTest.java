package dev.hikkoshi.environments.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tails that were summed term by term in fractions of whole numbers, by Python's. */
class BinomialTest {

  private static final double ROUNDING = 1e-9;

  @ParameterizedTest(name = "at least {0} of {1} at {2}")
  @CsvSource({
    "1, 1, 0.3, 0.3",
    "1, 2, 0.3, 0.51",
    "3, 10, 0.2, 0.3222004736",
    "7, 10, 0.2, 0.0008643584",
    "10, 10, 0.2, 1.024e-07",
    "2, 10, 0.7, 0.9998563141",
    "9, 10, 0.7, 0.1493083459",
    "90, 100, 0.3, 4.47748211490172e-36",
    "40, 100, 0.01, 7.63412293454653e-53",
    "5, 1000, 0.001, 0.00363687802952179",
    "30, 40, 0.5, 0.00111071688661468",
  })
  void atLeastSoManyHits(long k, long n, double p, double tail) {
    assertThat(Binomial.atLeast(k, n, p)).isCloseTo(tail, withinPercentage(ROUNDING));
  }

  @ParameterizedTest(name = "at most {0} of {1} at {2}")
  @CsvSource({
    "0, 1, 0.3, 0.7",
    "1, 2, 0.3, 0.91",
    "2, 10, 0.2, 0.6777995264",
    "0, 10, 0.2, 0.1073741824",
    "9, 10, 0.7, 0.9717524751",
    "3, 10, 0.7, 0.0105920784",
    "10, 100, 0.7, 4.47748211490172e-36",
    "60, 100, 0.99, 7.63412293454653e-53",
    "5, 1000, 0.001, 0.999411929898237",
    "10, 40, 0.5, 0.00111071688661468",
  })
  void atMostSoManyHits(long k, long n, double p, double tail) {
    assertThat(Binomial.atMost(k, n, p)).isCloseTo(tail, withinPercentage(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 1})
  void noneIsAlwaysReachedAndAllAreNeverExceeded(double p) {
    assertThat(Binomial.atLeast(0, 7, p)).isOne();
    assertThat(Binomial.atMost(7, 7, p)).isOne();
    assertThat(Binomial.atLeast(0, 0, p)).isOne();
    assertThat(Binomial.atMost(0, 0, p)).isOne();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 7})
  void whatNeverOrAlwaysHappensIsCertain(long k) {
    assertThat(Binomial.atLeast(k, 7, 0)).isZero();
    assertThat(Binomial.atLeast(k, 7, 1)).isOne();
    assertThat(Binomial.atMost(7 - k, 7, 0)).isOne();
    assertThat(Binomial.atMost(7 - k, 7, 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1, 5, 0.5", "6, 5, 0.5", "2, 5, -0.1", "2, 5, 1.1", "2, 5, NaN", "0, -1, 0.5"})
  void whatIsNoCountOrNoChanceIsRefused(long k, long n, double p) {
    assertThatIllegalArgumentException().isThrownBy(() -> Binomial.atLeast(k, n, p));
    assertThatIllegalArgumentException().isThrownBy(() -> Binomial.atMost(k, n, p));
    assertThatIllegalArgumentException().isThrownBy(() -> Binomial.twoSided(k, n, p));
  }

  /** More than half of an odd number of fair tries are hits in half of all cases. */
  @ParameterizedTest
  @ValueSource(longs = {1, 101, 100_001, 10_000_001, 1_000_000_001})
  void anyNumberOfSamplesCanBeJudged(long n) {
    // Given: logarithms of factorials have as many digits less as the number has more.
    double digits = Math.max(1e-12, n * 1e-14);

    // Then
    assertThat(Binomial.atLeast((n + 1) / 2, n, 0.5)).isCloseTo(0.5, within(digits));
    assertThat(Binomial.atMost((n - 1) / 2, n, 0.5)).isCloseTo(0.5, within(digits));
  }

  @Test
  void twoSidedIsTwiceTheSmallerTailAndNeverMoreThanOne() {
    // Then: twice the 0.0106 of above; values of R, binom.test(k, n, p)$p.value; no tail is
    // smaller.
    assertThat(Binomial.twoSided(3, 10, 0.7)).isCloseTo(0.0211841568, within(1e-12));
    assertThat(Binomial.twoSided(8, 10, 0.5)).isCloseTo(0.109375, within(1e-12));
    assertThat(Binomial.twoSided(0, 2_000, 0.01))
        .isCloseTo(2 * Math.pow(0.99, 2_000), within(1e-18));
    assertThat(Binomial.twoSided(5, 10, 0.5)).isOne();
  }

  /** By mpmath; of 1/2 it is half of ln π, of n + 1 it is the logarithm of n factorial. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 2.252712651734206",
    "0.25, 1.2880225246980775",
    "0.5, 0.5723649429247001",
    "0.75, 0.20328095143129537",
    "1, 0",
    "1.5, -0.12078223763524522",
    "2, 0",
    "3, 0.6931471805599453",
    "10, 12.80182748008147",
    "100.5, 361.4355404677776",
    "1000000, 12815504.569147612",
  })
  void theLogarithmOfGamma(double x, double log) {
    assertThat(Binomial.logGamma(x)).isCloseTo(log, within(1e-13 * Math.max(10, log)));
  }
}
