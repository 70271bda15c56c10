package dev.hikkoshi.sandbox.elb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.elb.TargetHealth;
import dev.hikkoshi.sandbox.physics.Physics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** "Health checks for Application Load Balancer target groups", target-group-health-checks.html. */
class HealthChecksTest {

  private static final TargetGroup.Address TARGET = new TargetGroup.Address("10.16.0.5", 8080);
  private static final HealthRecord.Probe GOOD = new HealthRecord.Probe.Good();
  private static final HealthRecord.Probe BAD = new HealthRecord.Probe.Mismatch(503);

  private final ManualTime time = new ManualTime();
  private final List<TargetGroup.Address> asked = new ArrayList<>();
  private HealthRecord.Probe answer = GOOD;
  private int changes;
  private final HealthChecks checks =
      new HealthChecks(
          Physics.aws(),
          time,
          (group, target) -> {
            asked.add(target);
            return answer;
          },
          () -> changes++);

  private static TargetGroup group(TargetGroup.Target... targets) {
    return new TargetGroup(
        "group",
        "group",
        "HTTP",
        8080,
        "vpc",
        new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 10, 5, 3, 2, "200"),
        Map.of(),
        Map.of(),
        List.of(targets));
  }

  private static ElbState state(boolean used, TargetGroup group) {
    LoadBalancer balancer =
        new LoadBalancer(
            "lb",
            "lb",
            "lb.example",
            "internal",
            List.of(),
            List.of(),
            java.time.Instant.EPOCH,
            "10.200.0.3",
            Map.of(),
            Map.of());
    Action action =
        used
            ? new Action.Forward(List.of(new Action.Weighted("group", 0)), 0)
            : new Action.FixedResponse(404, "text/plain", "");
    Listener listener =
        new Listener("l", "lb", 80, "HTTP", "", List.of(), "default", List.of(action), Map.of());
    return new ElbState(
        2, Map.of("lb", balancer), Map.of("l", listener), Map.of(), Map.of("group", group));
  }

  private static TargetGroup.Target registered() {
    return new TargetGroup.Target(TARGET, null, null);
  }

  private TargetHealth.State health() {
    return checks.of("group", TARGET).state();
  }

  @Test
  void aGroupThatNoRuleNamesIsNotAsked() {
    // When
    checks.follow(state(false, group(registered())));
    time.advance(Duration.ofMinutes(5));
    // Then
    assertThat(asked).isEmpty();
  }

  @Test
  void aGroupOfWeightZeroIsAskedAtOnceAndAtItsInterval() {
    // When
    checks.follow(state(true, group(registered())));
    // Then
    assertThat(health()).isEqualTo(TargetHealth.State.INITIAL);
    time.runDue();
    assertThat(asked).hasSize(1);
    time.advance(Duration.ofSeconds(30));
    assertThat(asked).hasSize(4);
  }

  @Test
  void aNewTargetNeedsOneGoodAnswerAndASickOneAsManyAsTheThreshold() {
    // Given
    checks.follow(state(true, group(registered())));
    time.runDue();
    assertThat(health()).isEqualTo(TargetHealth.State.HEALTHY);
    // When, then
    answer = BAD;
    time.advance(Duration.ofSeconds(10));
    assertThat(health()).isEqualTo(TargetHealth.State.HEALTHY);
    time.advance(Duration.ofSeconds(10));
    assertThat(checks.of("group", TARGET))
        .isEqualTo(
            new TargetHealth(
                TargetHealth.State.UNHEALTHY,
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [503]"));
    answer = GOOD;
    time.advance(Duration.ofSeconds(20));
    assertThat(health()).isEqualTo(TargetHealth.State.UNHEALTHY);
    time.advance(Duration.ofSeconds(10));
    assertThat(health()).isEqualTo(TargetHealth.State.HEALTHY);
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void aBadAnswerBeginsTheCountOfGoodOnesAnew() {
    // Given
    answer = BAD;
    checks.follow(state(true, group(registered())));
    time.advance(Duration.ofSeconds(10));
    assertThat(health()).isEqualTo(TargetHealth.State.UNHEALTHY);
    // When
    for (HealthRecord.Probe probe : List.of(GOOD, GOOD, BAD, GOOD, GOOD)) {
      answer = probe;
      time.advance(Duration.ofSeconds(10));
    }
    // Then
    assertThat(health()).isEqualTo(TargetHealth.State.UNHEALTHY);
  }

  @Test
  void aDeregisteredTargetIsNotAskedAnyMore() {
    // Given
    checks.follow(state(true, group(registered())));
    time.runDue();
    // When
    TargetGroup.Target draining =
        new TargetGroup.Target(TARGET, null, time.instant().plusSeconds(300));
    checks.follow(state(true, group(draining)));
    time.advance(Duration.ofMinutes(1));
    // Then
    assertThat(asked).hasSize(1);
  }

  @Test
  void fastPhysicsShortenTheIntervalInTheSameProportion() {
    // Given
    HealthChecks fast = new HealthChecks(Physics.fast(), time, (group, target) -> GOOD, () -> {});
    // When, then
    assertThat(checks.interval(group())).isEqualTo(Duration.ofSeconds(10));
    assertThat(fast.interval(group())).isEqualTo(Duration.ofSeconds(1));
  }
}
