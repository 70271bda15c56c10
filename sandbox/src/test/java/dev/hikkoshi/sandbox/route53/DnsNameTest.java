package dev.hikkoshi.sandbox.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "DNS domain name format", DomainNameFormat.html. */
class DnsNameTest {

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com.",
    "WWW.Example.COM., www.example.com.",
    "*.example.com, \\052.example.com.",
    "\\052.example.com, \\052.example.com.",
    "_acme-challenge.example.com, _acme-challenge.example.com.",
    "a@b.example.com, a\\100b.example.com."
  })
  void namesAreKeptInOneForm(String sent, String kept) {
    assertThat(DnsName.of(sent)).isEqualTo(kept);
    assertThat(DnsName.of(kept)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        ".a",
        "a\\9.b",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz.com"
      })
  void whatIsNoNameIsRefused(String sent) {
    assertThatThrownBy(() -> DnsName.of(sent)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theOrderIsThatOfReversedLabels() {
    // When
    var sorted =
        Stream.of("b.example.com.", "example.com.", "a.b.example.com.", "example.co.", "z.a.com.")
            .sorted(DnsName.ORDER)
            .toList();
    // Then
    assertThat(sorted)
        .containsExactly(
            "example.co.", "z.a.com.", "example.com.", "b.example.com.", "a.b.example.com.");
  }

  @Test
  void aNameIsWithinItsZoneButNotWithinOneThatOnlyEndsAlike() {
    assertThat(DnsName.within("www.example.com.", "example.com.")).isTrue();
    assertThat(DnsName.within("example.com.", "example.com.")).isTrue();
    assertThat(DnsName.within("notexample.com.", "example.com.")).isFalse();
  }
}
