package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule 10: a return goes as far as the pods of home carry, and on as they grow. */
class HomeCapacityRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  @Test
  void aReturnIsHeldWhileHomeHasFewerPodsThanAtTheMovesStart() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).sick(OLD, true);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.HOME_TOO_SMALL);
    assertThat(s.sides("web").weight(NEW)).isEqualTo(25);
    assertThat(s.said()).contains("home-capacity").contains("0 ready pods");
  }

  @Test
  void aReturnGoesByStepsAsFarAsHomesPodsCarryAndOnAsTheyGrow() {
    // Given: a pod of three can carry a third.
    Scenario s = Scenario.moving("soak").somebody().scales(OLD, 1);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    int carried = s.sides("api").weight(OLD);
    assertThat(carried).isPositive().isLessThanOrEqualTo(33);
    assertThat(s.sides("web").weight(OLD)).isEqualTo(carried);
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.HOME_TOO_SMALL);
    assertThat(s.said()).contains("has 1 ready pods and").contains("2 are needed for 40 %");

    // When
    s.somebody().scales(OLD, 2).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.sides("api").weight(OLD)).isGreaterThan(carried).isLessThanOrEqualTo(66);

    // When
    s.somebody().scales(OLD, 3);

    // Then
    s.until("home", x -> x.sides("web").share(OLD) == 1 && x.sides("api").share(OLD) == 1);
    assertThat(s.record().holds()).isEmpty();
  }

  @Test
  void aReturnNeverTakesShareFromAHomeThatCannotCarryIt() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).somebody().scales(OLD, 1);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.sides("web").weight(OLD)).isEqualTo(75);
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.HOME_TOO_SMALL);
  }

  @Test
  void aReturnGoesOnByItselfOnceHomeHasGrown() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).sick(OLD, true);
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(2));

    // When
    s.sick(OLD, false).untilPhase("returned");

    // Then
    assertThat(s.record().holds()).isEmpty();
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }
}
