package dev.hikkoshi.clusters.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.BalancerGateway;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

class PlaceTest {

  private static final BalancerGateway.Rule WANTED =
      new BalancerGateway.Rule(
          "shop",
          "api",
          "shared",
          443,
          List.of("a.example.com", "b.example.com"),
          List.of("/v1/*"),
          Optional.empty(),
          Optional.empty());

  private static Rule rule(String arn, String priority, RuleCondition... conditions) {
    return Rule.builder()
        .ruleArn(arn)
        .priority(priority)
        .isDefault(priority.equals("default"))
        .conditions(conditions)
        .build();
  }

  private static RuleCondition hosts(String... hosts) {
    return RuleCondition.builder()
        .field("host-header")
        .hostHeaderConfig(c -> c.values(hosts))
        .build();
  }

  /** As ELBv2 answered before it had configs for each field. */
  private static RuleCondition paths(String... paths) {
    return RuleCondition.builder().field("path-pattern").values(paths).build();
  }

  private static Optional<String> match(Rule... rules) {
    return Place.match(List.of(rules), WANTED).map(Rule::ruleArn);
  }

  @Test
  void hostsAndPathsInAnyOrderAreTheRule() {
    // When, Then
    assertThat(match(rule("r", "5", paths("/v1/*"), hosts("B.example.com", "a.example.com"))))
        .contains("r");
  }

  @Test
  void ofTwoTheOneThatIsEvaluatedFirst() {
    // Given
    var hosts = hosts("a.example.com", "b.example.com");
    // When, Then
    assertThat(
            match(
                rule("late", "10", hosts, paths("/v1/*")),
                rule("early", "9", hosts, paths("/v1/*"))))
        .contains("early");
  }

  @Test
  void fewerMoreOrOtherConditionsAreAnotherRule() {
    // Given
    var hosts = hosts("a.example.com", "b.example.com");
    var method =
        RuleCondition.builder()
            .field("http-request-method")
            .httpRequestMethodConfig(c -> c.values("GET"))
            .build();
    var expression =
        RuleCondition.builder()
            .field("path-pattern")
            .pathPatternConfig(c -> c.regexValues("^/v1/"))
            .build();
    // When, Then
    assertThat(match(rule("r", "1", hosts))).isEmpty();
    assertThat(match(rule("r", "1", hosts, paths("/v1/*", "/v2/*")))).isEmpty();
    assertThat(match(rule("r", "1", hosts, paths("/v1/*"), method))).isEmpty();
    assertThat(match(rule("r", "1", hosts, paths("/v1/*"), expression))).isEmpty();
    assertThat(match(rule("r", "default"))).isEmpty();
  }

  @Test
  void aNewRuleComesBehindAllOthers() {
    // When, Then
    assertThat(Place.freePriority(List.of(rule("d", "default")))).contains(1);
    assertThat(Place.freePriority(List.of(rule("r", "7"), rule("s", "3"), rule("d", "default"))))
        .contains(8);
    assertThat(Place.freePriority(List.of(rule("r", "50000"), rule("s", "49999"))))
        .contains(49_998);
  }
}
