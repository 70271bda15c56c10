package dev.hikkoshi.clusters.route53;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordNamesTest {

  @ParameterizedTest
  @CsvSource({
    "WWW.Example.com., www.example.com",
    "www.example.com, www.example.com",
    "\\052.example.com., *.example.com",
    "a\\100b.example.com., a@b.example.com",
    "a\\056b.example.com., a\\056b.example.com",
    "a\\134b.example.com., a\\134b.example.com"
  })
  void plainIsWhatPeopleWrite(String kept, String plain) {
    // When, Then
    assertThat(RecordNames.plain(kept)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "WWW.Example.com, www.example.com.",
    "*.example.com, *.example.com.",
    "a@b.example.com, a\\100b.example.com.",
    "a\\056b.example.com, a\\056b.example.com."
  })
  void keptIsWhatRoute53Takes(String plain, String kept) {
    // When, Then
    assertThat(RecordNames.kept(plain)).isEqualTo(kept);
  }

  @Test
  void aLoadBalancerHasOneNameWithAndWithoutDualstack() {
    // When, Then
    assertThat(RecordNames.balancer("dualstack.LB-1.eu-west-1.elb.amazonaws.com."))
        .isEqualTo(RecordNames.balancer("lb-1.eu-west-1.elb.amazonaws.com"));
  }
}
