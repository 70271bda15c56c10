package dev.hikkoshi.sandbox.elb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickyCookieTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void aCookieNamesItsGroupUntilItExpires() {
    // When
    String value = StickyCookie.value("arn:group", NOW.plusSeconds(60));
    // Then
    assertThat(StickyCookie.group(value, NOW.plusSeconds(59))).contains("arn:group");
    assertThat(StickyCookie.group(value, NOW.plusSeconds(60))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "###", "YWJj", "IGFybg", "eCBhcm4"})
  void whatIsNoCookieOfOursIsIgnored(String value) {
    assertThat(StickyCookie.group(value, NOW)).isEmpty();
  }
}
