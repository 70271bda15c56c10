package dev.hikkoshi.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.aws.SignatureV4;
import dev.hikkoshi.sandbox.aws.VectorKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenReviewsTest {

  /** Presigned by botocore with the header {@code x-k8s-aws-id: shop-1-37-1}. */
  private static final String USER =
      "https://sts.ap-northeast-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=AKIAVECTOREXAMPLE000%2F20261124%2Fap-northeast-1%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261124T100000Z&X-Amz-Expires=60"
          + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
          + "&X-Amz-Signature=3be10ef85f86ee0208647f802bb803ea95e9518b4022752e386aa436a2976b33";

  private static final String SESSION =
      "https://sts.ap-northeast-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
          + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=ASIAVECTOREXAMPLE000%2F20261124%2Fap-northeast-1%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261124T100000Z&X-Amz-Expires=60"
          + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
          + "&X-Amz-Security-Token=session%2Ftoken%2Bfor%3Dvectors"
          + "&X-Amz-Signature=f5dd8ff5852e8beb2b5222d75b9d5994b4874774ceef569fd436e62ed4b9b9fd";

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-24T10:00:00Z"));
  private final List<String> events = new ArrayList<>();
  private final ClusterUsers users =
      (cluster, arn) -> Optional.of(new ClusterUsers.User(arn, List.of("readers")));
  private final TokenReviews reviews =
      new TokenReviews(
          new SignatureV4(new VectorKeys(), time),
          users,
          (kind, details) -> events.add(kind + " " + details.get("why")),
          "ap-northeast-1");

  @Test
  void knowsTheUserOfAToken() {
    JsonNode status = review("shop-1-37-1", token(USER));

    assertThat(status.path("authenticated").asBoolean()).isTrue();
    assertThat(status.path("user").path("username").asText()).isEqualTo(VectorKeys.USER);
    assertThat(status.path("user").path("groups").get(0).asText()).isEqualTo("readers");
  }

  @Test
  void knowsTheSessionOfAToken() {
    JsonNode status = review("shop-1-37-1", token(SESSION));

    assertThat(status.path("user").path("username").asText()).isEqualTo(VectorKeys.SESSION);
  }

  @Test
  void refusesTheTokenOfAnotherCluster() {
    JsonNode status = review("shop-1-36-1", token(USER));

    assertThat(status.path("authenticated").asBoolean()).isFalse();
    assertThat(events).singleElement().asString().contains("SignatureDoesNotMatch");
  }

  @Test
  void acceptsATokenForFifteenMinutesWhateverItsOwnExpiry() {
    time.advance(Duration.ofMinutes(14));
    boolean before = review("shop-1-37-1", token(USER)).path("authenticated").asBoolean();
    time.advance(Duration.ofMinutes(1).plusSeconds(1));
    boolean after = review("shop-1-37-1", token(USER)).path("authenticated").asBoolean();

    assertThat(before).isTrue();
    assertThat(after).isFalse();
  }

  @Test
  void refusesParametersThatDoNotBelong() {
    JsonNode status = review("shop-1-37-1", token(USER + "&RoleArn=x"));

    assertThat(status.path("authenticated").asBoolean()).isFalse();
  }

  @Test
  void refusesOtherHostsPathsAndActions() {
    assertThat(authenticated(USER.replace("sts.ap-northeast-1.amazonaws.com", "evil.example")))
        .isFalse();
    assertThat(authenticated(USER.replace(".com/?", ".com/x?"))).isFalse();
    assertThat(authenticated(USER.replace("GetCallerIdentity", "AssumeRole"))).isFalse();
  }

  @Test
  void refusesWhatIsNoToken() {
    assertThat(review("shop-1-37-1", "abc").path("authenticated").asBoolean()).isFalse();
    assertThat(review("shop-1-37-1", "k8s-aws-v1.%%%").path("authenticated").asBoolean()).isFalse();
  }

  private boolean authenticated(String url) {
    return review("shop-1-37-1", token(url)).path("authenticated").asBoolean();
  }

  private JsonNode review(String cluster, String token) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.putObject("spec").put("token", token);
    return reviews.review(cluster, review).path("status");
  }

  private static String token(String url) {
    byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
    return "k8s-aws-v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
