package dev.hikkoshi.environments.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Measured.Unit;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareCheckTest {

  private static Verdict judge(Unit unit, long k, long n, double intended) {
    Instant at = Instant.EPOCH;
    Measured m = new Measured(unit, Map.of("new", k, "old", n - k), at, at.plusSeconds(60));
    return ShareCheck.judge("web", m, "new", intended, 200).verdict();
  }

  @ParameterizedTest(name = "{0} of {1} at {2}: {3}")
  @CsvSource({
    // Nothing on the new side is out of bound at 1 % from 2,000 samples on.
    "0, 2000, 0.01, fail",
    "0, 1000, 0.01, pass",
    "20, 2000, 0.01, pass",
    "100, 2000, 0.05, pass",
    "200, 2000, 0.05, fail",
    // Two weights of 5 meant as 5 percent give half of everything.
    "1000, 2000, 0.05, fail",
    "2000, 2000, 1.0, pass",
    "1999, 2000, 1.0, fail",
    "500, 1000, 0.5, pass",
  })
  void answersAgreeExactlyOrNot(long k, long n, double intended, String verdict) {
    assertThat(judge(Unit.ANSWERS, k, n, intended).word()).isEqualTo(verdict);
  }

  @Test
  void requestsMayBeATenthOff() {
    assertThat(judge(Unit.REQUESTS, 27_000, 100_000, 0.25).word()).isEqualTo("pass");
    assertThat(judge(Unit.ANSWERS, 27_000, 100_000, 0.25).word()).isEqualTo("fail");
    assertThat(judge(Unit.REQUESTS, 28_000, 100_000, 0.25).word()).isEqualTo("fail");
  }

  @Test
  void tooFewSamplesAreUnknownAndNeverAPass() {
    // Given, When
    Verdict verdict = judge(Unit.REQUESTS, 1, 100, 0.01);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
    assertThat(verdict.evidence()).contains("100 requests are too few, 200 are needed");
  }

  @Test
  void theBinomialIsExact() {
    // Given: values from R, binom.test(k, n, p)$p.value
    assertThat(Binomial.twoSided(0, 2000, 0.01)).isCloseTo(3.7e-9, within(1.7e-9));
    assertThat(Binomial.twoSided(5, 10, 0.5)).isCloseTo(1.0, within(1e-9));
    assertThat(Binomial.twoSided(8, 10, 0.5)).isCloseTo(0.109375, within(1e-6));
  }
}
