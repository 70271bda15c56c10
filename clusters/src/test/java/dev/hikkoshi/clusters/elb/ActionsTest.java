package dev.hikkoshi.clusters.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

class ActionsTest {

  private static Action login() {
    return Action.builder()
        .type(ActionTypeEnum.AUTHENTICATE_OIDC)
        .order(1)
        .authenticateOidcConfig(
            c ->
                c.issuer("https://id.example.com")
                    .clientId("shop")
                    .sessionTimeout(3600L)
                    .authenticationRequestExtraParams(Map.of("prompt", "login", "acr", "2")))
        .build();
  }

  private static Action forward(int stickySeconds, int old, int fresh) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .order(2)
        .forwardConfig(
            f ->
                f.targetGroups(
                        TargetGroupTuple.builder().targetGroupArn("old").weight(old).build(),
                        TargetGroupTuple.builder().targetGroupArn("new").weight(fresh).build())
                    .targetGroupStickinessConfig(
                        s ->
                            s.enabled(stickySeconds > 0)
                                .durationSeconds(stickySeconds > 0 ? stickySeconds : null)))
        .build();
  }

  private static Rule rule(Action... actions) {
    return Rule.builder().ruleArn("rule").actions(actions).build();
  }

  @Test
  void loginAndStickinessGoThroughAWrite() {
    // Given
    Rule rule = rule(login(), forward(60, 100, 0));
    // When
    List<Action> sent =
        Actions.with(rule, List.of(new GroupWeight("old", 50), new GroupWeight("new", 50)));
    // Then
    assertThat(sent.getFirst().authenticateOidcConfig())
        .isEqualTo(
            login().authenticateOidcConfig().toBuilder().useExistingClientSecret(true).build());
    assertThat(Actions.groups(sent.getLast()))
        .containsExactly(new GroupWeight("old", 50), new GroupWeight("new", 50));
    assertThat(Actions.stickiness(sent.getLast())).isEqualTo(Duration.ofSeconds(60));
    assertThat(sent.getLast().order()).isEqualTo(2);
    assertThat(Actions.fingerprint(rule(sent.toArray(Action[]::new))))
        .isEqualTo(Actions.fingerprint(rule));
  }

  @Test
  void theFingerprintKnowsEverythingButWeights() {
    // Given
    String before = Actions.fingerprint(rule(login(), forward(60, 100, 0)));
    // When, Then
    assertThat(Actions.fingerprint(rule(login(), forward(60, 1, 99)))).isEqualTo(before);
    assertThat(Actions.fingerprint(rule(login(), forward(61, 100, 0)))).isNotEqualTo(before);
    assertThat(Actions.fingerprint(rule(forward(60, 100, 0)))).isNotEqualTo(before);
    Action other =
        login().toBuilder()
            .authenticateOidcConfig(
                login().authenticateOidcConfig().toBuilder().clientId("x").build())
            .build();
    assertThat(Actions.fingerprint(rule(other, forward(60, 100, 0)))).isNotEqualTo(before);
  }

  @Test
  void offIsTheSameAsNotThere() {
    // Given
    Action bare =
        Action.builder().type(ActionTypeEnum.FORWARD).order(2).targetGroupArn("old").build();
    // When, Then
    assertThat(Actions.fingerprint(rule(bare)))
        .isEqualTo(Actions.fingerprint(rule(forward(0, 100, 0))));
    assertThat(Actions.groups(bare)).containsExactly(new GroupWeight("old", 1));
    assertThat(Actions.stickiness(bare)).isZero();
  }

  @Test
  void aRuleThatRedirectsDoesNotForward() {
    // Given
    Rule rule = rule(Action.builder().type(ActionTypeEnum.REDIRECT).build());
    // When, Then
    assertThat(Actions.forward(rule)).isEmpty();
  }
}
