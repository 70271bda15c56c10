package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {

  @ParameterizedTest(name = "of {0} at {1}")
  @CsvSource({"1, 0.05", "2, 0.05", "40, 0.025", "1000, 0.0125"})
  void boundsWithoutAHitAndWithoutAMissAreRoots(long n, double alpha) {
    // Given: no hit has a chance of (1 - p)^n, at least one of 1 - (1 - p)^n.
    double root = Math.pow(alpha, 1.0 / n);

    // Then
    assertThat(ClopperPearson.upper(0, n, alpha)).isCloseTo(1 - root, within(1e-12));
    assertThat(ClopperPearson.lower(n, n, alpha)).isCloseTo(root, within(1e-12));
    assertThat(ClopperPearson.lower(1, n, alpha))
        .isCloseTo(1 - Math.pow(1 - alpha, 1.0 / n), within(1e-12));
    assertThat(ClopperPearson.upper(n - 1, n, alpha))
        .isCloseTo(Math.pow(1 - alpha, 1.0 / n), within(1e-12));
  }

  @Test
  void withoutAMissEverythingIsPlausibleAboveAndWithoutAHitBelow() {
    assertThat(ClopperPearson.upper(40, 40, 0.025)).isOne();
    assertThat(ClopperPearson.lower(0, 40, 0.025)).isZero();
    assertThat(ClopperPearson.lower(0, 0, 0.025)).isZero();
  }

  @Test
  void theExcessTakesHalfOfTheChanceOnEitherSide() {
    // Then: 5 of 100 over 2 of 50, by mpmath from exact binomial sums.
    assertThat(ClopperPearson.upper(5, 100, 0.025)).isCloseTo(0.112834911105463, within(1e-12));
    assertThat(ClopperPearson.excess(5, 100, 2, 50, 0.05))
        .isCloseTo(0.107953477679298, within(1e-12));
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ClopperPearson.upper(41, 40, 0.025));
    assertThatIllegalArgumentException().isThrownBy(() -> ClopperPearson.lower(-1, 40, 0.025));
  }
}
