package dev.hikkoshi.clusters.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControllersTest {

  private static final List<String> ARNS = List.of("balancer", "listener", "rule");

  @Test
  void theTagsOfTheAwsLoadBalancerControllerNameAnOwner() {
    // Given
    Map<String, Map<String, String>> tags =
        Map.of(
            "rule",
            Map.of(
                "elbv2.k8s.aws/cluster", "main",
                "ingress.k8s.aws/stack", "web/shop",
                "team", "shop"));

    // When, Then
    assertThat(Controllers.of(ARNS, tags))
        .contains("elbv2.k8s.aws/cluster: main, ingress.k8s.aws/stack: web/shop");
  }

  @Test
  void aLoadBalancerOfAControllerIsEnough() {
    assertThat(
            Controllers.of(ARNS, Map.of("balancer", Map.of("ingress.k8s.aws/stack", "web/shop"))))
        .isPresent();
  }

  @Test
  void otherTagsAndTagsOfGroupsNameNobody() {
    // Given: a group that a TargetGroupBinding of a controller feeds may carry whatever it does
    Map<String, Map<String, String>> tags =
        Map.of("rule", Map.of("team", "shop"), "group", Map.of("elbv2.k8s.aws/cluster", "main"));

    // When, Then
    assertThat(Controllers.of(ARNS, tags)).isEmpty();
  }
}
