package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter to ELBv2 and CloudWatch, with requests that really pass. */
class SandboxBalancersIT extends BalancerContract {

  @TempDir static Path directory;
  private static SandboxRegion region;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @Test
  void aRuleWithTheTagsOfALoadBalancerControllerNamesIt() {
    // Given
    String rule = world.ruleByHand(Map.of(world.strangersGroup(), 1), "");
    assertThat(seen().controller()).isEmpty();

    // When
    region
        .region
        .elb()
        .addTags(
            r -> r.resourceArns(rule).tags(t -> t.key("ingress.k8s.aws/stack").value("web/shop")));

    // Then
    assertThat(seen().controller()).contains("ingress.k8s.aws/stack: web/shop");
  }

  @Override
  BalancerWorld open() {
    return new AwsBalancerWorld(
        region.region,
        SandboxRegion.SUBNETS,
        SandboxRegion.metricPeriod(),
        region.traffic(),
        Map.of(Trait.FRONTS, "the sandbox plays targets of type ip only"));
  }
}
