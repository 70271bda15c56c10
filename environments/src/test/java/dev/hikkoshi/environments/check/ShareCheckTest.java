package dev.hikkoshi.environments.check;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest(name = "{0} of {1} at {2}: {3}")
  @CsvSource({
    "27500, 100000, 0.25, pass",
    "27501, 100000, 0.25, fail",
    "22500, 100000, 0.25, pass",
    "22499, 100000, 0.25, fail",
    "11000, 200000, 0.05, pass",
    "11001, 200000, 0.05, fail",
    "11000, 1000000, 0.01, pass",
    "9000, 1000000, 0.01, pass",
    "8999, 1000000, 0.01, fail",
  })
  void requestsMayBeExactlyATenthOffAndNoMore(long k, long n, double intended, String verdict) {
    assertThat(judge(Unit.REQUESTS, k, n, intended).word()).isEqualTo(verdict);
  }

  @Test
  void theSentenceTellsWhatWasMeasuredAndWhatWasIntended() {
    assertThat(judge(Unit.ANSWERS, 120, 400, 0.25).evidence())
        .startsWith("30.00 % measured, 25.00 % intended (120 of 400 answers, p = 0.02");
  }

  @Test
  void soManySamplesAsAreNeededAreEnough() {
    assertThat(judge(Unit.REQUESTS, 50, 200, 0.25).word()).isEqualTo("pass");
    assertThat(judge(Unit.REQUESTS, 50, 199, 0.25).word()).isEqualTo("unknown");
  }

  @Test
  void tooFewSamplesAreUnknownAndNeverAPass() {
    // Given, When
    Verdict verdict = judge(Unit.REQUESTS, 1, 100, 0.01);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
    assertThat(verdict.evidence()).contains("100 requests are too few, 200 are needed");
  }
}
