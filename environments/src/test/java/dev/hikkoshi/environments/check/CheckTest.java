package dev.hikkoshi.environments.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckTest {

  private static Check found(Verdict verdict) {
    return new Check("share", "web", verdict);
  }

  @Test
  void onlyAPassPassesAndUnknownIsNone() {
    assertThat(found(Verdict.pass("x")).passed()).isTrue();
    assertThat(found(Verdict.fail("x")).passed()).isFalse();
    assertThat(found(Verdict.unknown("x")).passed()).isFalse();
  }

  @Test
  void itsWordsSayWhatIsJudgedHowAndWhy() {
    assertThat(found(Verdict.unknown("nobody answers")).toString())
        .isEqualTo("share (web): unknown, nobody answers");
  }
}
