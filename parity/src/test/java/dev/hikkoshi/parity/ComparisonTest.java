package dev.hikkoshi.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison says no where it has to. */
class ComparisonTest {

  private static Verdict verdict(String judge, String ours) {
    return Verdict.of(
        new Answer(0, judge, "", Duration.ZERO), new Answer(0, ours, "", Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: 1}           | {a: 2}
          {a: 1}           | {a: "1"}
          {a: null}        | {}
          {a: ""}          | {a: null}
          {a: yes}         | {a: "yes"}
          {a: [1, 2]}      | {a: [2, 1]}
          {a: [1, 2]}      | {a: [1]}
          {a: {b: 1}}      | {a: {b: 1, c: 2}}
          {a: true}        | {a: "true"}
          {a: []}          | {a: {}}
          """)
  void differentDocumentsAreDifferent(String judge, String ours) {
    assertThat(verdict(judge, ours)).isInstanceOf(Verdict.Different.class);
    assertThat(verdict(ours, judge)).isInstanceOf(Verdict.Different.class);
  }

  @Test
  void aDocumentMoreIsADifference() {
    assertThat(verdict("a: 1\n", "a: 1\n---\nb: 2\n")).isInstanceOf(Verdict.Different.class);
  }

  @Test
  void formDoesNotCount() {
    assertThat(verdict("a: {b: 1, c: [x]}\n", "---\n# words\na:\n  c:\n  - x\n  b: 1.0\n"))
        .isEqualTo(new Verdict.Equal(1));
  }

  @Test
  void oneThatRefusesAloneIsADifference() {
    Answer good = new Answer(0, "a: 1", "", Duration.ZERO);
    Answer bad = new Answer(1, "", "no", Duration.ZERO);
    assertThat(Verdict.of(good, bad)).isInstanceOf(Verdict.Different.class);
    assertThat(Verdict.of(bad, good)).isInstanceOf(Verdict.Different.class);
    assertThat(Verdict.of(bad, bad)).isInstanceOf(Verdict.BothRefuse.class);
  }
}
