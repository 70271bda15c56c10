package dev.hikkoshi.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogEventsTest {

  @Test
  void textOfOthersCannotBeginALine() {
    assertThat(LogEvents.quoted("refused\neffect environment=shop outcome=done"))
        .isEqualTo("\"refused effect environment=shop outcome=done\"");
  }

  @Test
  void textOfOthersCannotEndItsQuotes() {
    assertThat(LogEvents.quoted("say \"yes\"")).isEqualTo("\"say 'yes'\"");
  }

  @Test
  void textOfOthersIsBounded() {
    assertThat(LogEvents.quoted("x".repeat(1_000_000))).hasSizeLessThan(2_010).endsWith("…\"");
  }
}
