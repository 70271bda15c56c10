package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Planner;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 16 and the modes: when nothing is written at all. */
class SafetyRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  /** A window on another day of the week only. */
  static List<Window> closed(Instant now) {
    return List.of(
        new Window(
            Set.of(now.atZone(ZoneOffset.UTC).getDayOfWeek().plus(2)),
            LocalTime.of(10, 0),
            LocalTime.of(11, 0),
            ZoneOffset.UTC));
  }

  @Test
  void rule16WhileGitIsUnreachableNothingNewStarts() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).commit(Wishes.sample("1.37"));
    s.stale("the source cannot be reached").forgetDone();

    // When
    s.passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("the source cannot be reached");
  }

  @Test
  void rule16WhileGitIsUnreachableAMoveDoesNotTakeItsNextStep() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).stale("unreachable").forgetDone();

    // When
    s.passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(5);
  }

  /** A machine that slept, or a clock that was put right, between the look and the judgement. */
  @ParameterizedTest
  @ValueSource(strings = {"PT121S", "PT50H", "PT-6S", "PT-1H"})
  void rule16WhatWasSeenAtAnotherTimeIsNotJudged(Duration later) {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);

    // When
    Plan plan = judged(s, later);

    // Then
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.record()).isEqualTo(s.record());
    assertThat(plan.waits())
        .singleElement()
        .satisfies(wait -> assertThat(wait.sentence()).contains("the next pass looks again"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT2M", "PT-4S"})
  void rule16WhatWasSeenJustNowIsJudged(Duration later) {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);

    // When
    Plan plan = judged(s, later);

    // Then
    assertThat(plan.waits())
        .noneSatisfy(wait -> assertThat(wait.sentence()).contains("the next pass looks again"));
  }

  private static Plan judged(Scenario s, Duration later) {
    Observed seen = s.observed().orElseThrow();
    Wish wish = Wish.of(Wishes.sample("1.37").desired());
    return Planner.plan(wish, seen, s.record(), seen.at().plus(later));
  }

  @Test
  void rule16InAnotherAccountNothingIsWritten() {
    // Given
    Scenario s = Scenario.with(LyingGateways::otherAccount);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("credentials are of 999999999999, not 111122223333");
  }

  @Test
  void rule16AnUnreadableDefinitionIsNeverEmpty() {
    // Given, When
    Scenario s = Scenario.calm().passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.record()).isEqualTo(EnvironmentRecord.fresh(Wishes.ENVIRONMENT));
  }

  @Test
  void rule16AClosedWindowStartsNoStep() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.commit(Wishes.sample("1.37").windows(closed(s.now()))).untilPhase("warm");
    s.passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.sides("web").weight(NEW)).isZero();
    assertThat(s.said()).contains("no window is open");
  }

  @Test
  void losingTheRecordEndsInNoWriteAtAll() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    s.loseRecord().forgetDone().passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("was the record lost");
    assertThat(s.clusters()).containsExactly(OLD, NEW);
  }

  @Test
  void observeAndPlanWriteNothingButPlan() {
    for (Desired.Mode mode : List.of(Desired.Mode.OBSERVE, Desired.Mode.PLAN)) {
      // Given
      Scenario s = Scenario.calm().commit(Wishes.sample("1.36").mode(mode));

      // When
      s.passes(Duration.ofMinutes(2));

      // Then
      assertThat(s.done()).isEmpty();
      assertThat(s.plan().actions()).anyMatch(Action.CreateCluster.class::isInstance);
    }
  }
}
