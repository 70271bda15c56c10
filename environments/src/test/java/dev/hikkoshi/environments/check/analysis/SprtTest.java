package dev.hikkoshi.environments.check.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hikkoshi.environments.check.analysis.Sprt.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wald's test where its score and threshold are known without a computer. */
class SprtTest {

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "0, 0.1, 0.01",
    "-0.1, 0.1, 0.01",
    "0.1, 0.1, 0.01",
    "0.2, 0.1, 0.01",
    "0.1, 1, 0.01",
    "0.1, 0.2, 0",
    "0.1, 0.2, 0.5",
    "NaN, 0.2, 0.01",
    "0.1, NaN, 0.01",
    "0.1, 0.2, NaN",
  })
  void fractionsThatCannotBeToldApartAreRefused(double good, double bad, double alpha) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sprt(good, bad, alpha));
  }

  @Test
  void theScoreIsTheLogarithmOfTheLikelihoodRatio() {
    // Given: a hit is twice as likely of the bad one, a miss three quarters as likely.
    Sprt test = new Sprt(0.2, 0.4, 0.05);

    // Then: ln(19) is 2.944439.
    assertThat(test.score(3, 10)).isCloseTo(Math.log(8 * Math.pow(0.75, 7)), within(1e-12));
    assertThat(test.score(0, 0)).isZero();
    assertThat(test.threshold()).isCloseTo(2.944439, within(1e-6));
  }

  @Test
  void theThresholdItselfDecides() {
    // Given: with alpha 0.2 a ratio of 4 decides; a hit of the bad one counts 4, then 2 halves.
    Sprt hits = new Sprt(0.125, 0.5, 0.2);
    Sprt misses = new Sprt(0.5, 0.75, 0.2);

    // Then
    assertThat(hits.word(0, 0)).isEqualTo(Word.OPEN);
    assertThat(hits.word(1, 1)).isEqualTo(Word.BAD);
    assertThat(misses.word(0, 1)).isEqualTo(Word.OPEN);
    assertThat(misses.word(0, 2)).isEqualTo(Word.GOOD);
  }
}
