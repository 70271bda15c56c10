package dev.hikkoshi.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureV4Test {

  private static final Instant SIGNED = Instant.parse("2026-11-24T10:00:00Z");

  private final ManualTime time = new ManualTime(SIGNED);
  private final SignatureV4 signatures = new SignatureV4(new VectorKeys(), time);

  record Vector(String name, RawRequest request) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> vectors() throws IOException {
    try (InputStream in = SignatureV4Test.class.getResourceAsStream("signature-vectors.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      return StreamSupport.stream(all.spliterator(), false)
          .map(SignatureV4Test::vector)
          .toList()
          .stream();
    }
  }

  private static Vector vector(JsonNode node) {
    Map<String, List<String>> headers = new HashMap<>();
    node.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().asText())));
    return new Vector(
        node.path("name").asText(),
        new RawRequest(
            node.path("method").asText(),
            node.path("path").asText(),
            node.path("query").asText(),
            headers,
            node.path("body").asText().getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsWhatBotocoreSigned(Vector vector) {
    SignatureV4.Signer signer = signatures.check(vector.request());

    assertThat(signer.region()).isEqualTo("ap-northeast-1");
    assertThat(signer.service()).isIn("eks", "sts");
    assertThat(signer.signedAt()).isEqualTo(SIGNED);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesAnotherBody(Vector vector) {
    RawRequest r = vector.request();
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

    assertRefused(
        new RawRequest(r.method(), r.path(), r.query(), r.headers(), body),
        "SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesAnotherPath(Vector vector) {
    RawRequest r = vector.request();

    assertRefused(
        new RawRequest(r.method(), r.path() + "x", r.query(), r.headers(), r.body()),
        "SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesAnOldSignature(Vector vector) {
    time.advance(Duration.ofMinutes(5).plusSeconds(1));

    assertRefused(vector.request(), "SignatureDoesNotMatch");
  }

  @Test
  void refusesASignatureFromTheFuture() throws IOException {
    SignatureV4 early = new SignatureV4(new VectorKeys(), new ManualTime(SIGNED.minusSeconds(301)));
    RawRequest request = vectors().findFirst().orElseThrow().request();

    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> early.check(request))
        .withMessageContaining("Signature not yet current");
  }

  @Test
  void refusesAnUnknownKey() throws IOException {
    SignatureV4 strange = new SignatureV4(key -> java.util.Optional.empty(), time);
    RawRequest request = vectors().findFirst().orElseThrow().request();

    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> strange.check(request))
        .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidClientTokenId"));
  }

  @Test
  void refusesASessionWithoutItsToken() throws IOException {
    RawRequest r = vectors().skip(2).findFirst().orElseThrow().request();
    Map<String, List<String>> headers = new HashMap<>(r.headers());
    headers.remove("x-amz-security-token");

    assertRefused(
        new RawRequest(r.method(), r.path(), r.query(), headers, r.body()), "InvalidClientTokenId");
  }

  @Test
  void refusesWhatIsNotSigned() {
    assertRefused(
        new RawRequest("GET", "/clusters", "", Map.of("host", List.of("127.0.0.1")), new byte[0]),
        "MissingAuthenticationToken");
  }

  @Test
  void refusesAHeaderThatIsNoSignature() {
    Map<String, List<String>> headers =
        Map.of(
            "host", List.of("127.0.0.1"),
            "x-amz-date", List.of("20261124T100000Z"),
            "authorization", List.of("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host"));

    assertRefused(
        new RawRequest("GET", "/clusters", "", headers, new byte[0]), "IncompleteSignature");
  }

  @Test
  void tellsNoSessionTokenInARefusal() throws IOException {
    RawRequest r = vectors().skip(2).findFirst().orElseThrow().request();

    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(
            () ->
                signatures.check(
                    new RawRequest(r.method(), "/x", r.query(), r.headers(), r.body())))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("session/token"));
  }

  private void assertRefused(RawRequest request, String code) {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> signatures.check(request))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
