package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class EksTokensTest {

  private static final AwsCredentials KEYS =
      AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

  private final Hand clock = new Hand(Instant.parse("2026-11-24T01:02:03Z"));

  @Test
  void aTokenIsThePresignedUrlThatNamesTheClusterInASignedHeader() {
    // Given
    EksTokens tokens = tokens(KEYS, "ap-northeast-1");

    // When
    URI url = url(tokens.token("shop-1-37-1"));

    // Then
    assertThat(url.getHost()).isEqualTo("sts.ap-northeast-1.amazonaws.com");
    assertThat(query(url))
        .containsEntry("Action", "GetCallerIdentity")
        .containsEntry("Version", "2011-06-15")
        .containsEntry("X-Amz-Date", "20261124T010203Z")
        .containsEntry("X-Amz-Expires", "60")
        .containsEntry("X-Amz-SignedHeaders", "host%3Bx-k8s-aws-id")
        .containsKey("X-Amz-Signature");
  }

  @Test
  void aTokenIsTheOneThatBotocoreMakes() {
    // Given: keys and time fixed; the signature was made by botocore's RequestSigner with them
    EksTokens tokens = tokens(KEYS, "ap-northeast-1");

    // When
    URI url = url(tokens.token("shop-1-37-1"));

    // Then
    assertThat(query(url))
        .containsEntry(
            "X-Amz-Signature", "fe4bb3ab2781688fef6e068c49a16da7ccae9b563f8bb70c88e84df7e06796c7");
  }

  @Test
  void anotherClusterGetsAnotherToken() {
    // Given
    EksTokens tokens = tokens(KEYS, "ap-northeast-1");

    // When
    String one = tokens.token("shop-1-36-1");
    String other = tokens.token("shop-1-37-2");

    // Then
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aTokenIsKeptForFourteenMinutes() {
    // Given
    EksTokens tokens = tokens(KEYS, "ap-northeast-1");
    String first = tokens.token("shop");

    // When
    clock.pass(Duration.ofMinutes(14).minusSeconds(1));
    String kept = tokens.token("shop");
    clock.pass(Duration.ofSeconds(1));
    String next = tokens.token("shop");

    // Then
    assertThat(kept).isEqualTo(first);
    assertThat(next).isNotEqualTo(first);
  }

  @Test
  void aTokenDoesNotOutliveTheCredentialsThatSignedIt() {
    // Given
    AwsCredentials session =
        AwsSessionCredentials.builder()
            .accessKeyId("ASIAEXAMPLE")
            .secretAccessKey("secret")
            .sessionToken("session")
            .expirationTime(clock.instant().plus(Duration.ofMinutes(5)))
            .build();
    EksTokens tokens = tokens(session, "ap-northeast-1");
    String first = tokens.token("shop");

    // When
    clock.pass(Duration.ofMinutes(4));
    String next = tokens.token("shop");

    // Then
    assertThat(next).isNotEqualTo(first);
    assertThat(query(url(next))).containsKey("X-Amz-Security-Token");
  }

  @Test
  void inAnotherPartitionItIsThatPartitionsHost() {
    // When
    URI url = url(tokens(KEYS, "cn-north-1").token("shop"));

    // Then
    assertThat(url.getHost()).isEqualTo("sts.cn-north-1.amazonaws.com.cn");
  }

  private EksTokens tokens(AwsCredentials keys, String region) {
    return new EksTokens(StaticCredentialsProvider.create(keys), region, clock);
  }

  private static URI url(String token) {
    assertThat(token).startsWith("k8s-aws-v1.").doesNotContain("=");
    byte[] url = Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length()));
    return URI.create(new String(url, StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(URI url) {
    return Arrays.stream(url.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** A clock that is put forward by hand. */
  private static final class Hand extends Clock {

    private Instant now;

    Hand(Instant now) {
      this.now = now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
