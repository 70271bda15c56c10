package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 12: a person brings traffic home, and when what it came from is tried again. */
class GoHomeRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  @ParameterizedTest
  @ValueSource(strings = {"building", "attached", "stepping", "soak", "drain"})
  void aPersonBringsTrafficHomeAndTheCommitDoesNotBeginAgain(String phase) {
    // Given
    Scenario s = Scenario.moving(phase);

    // When
    s.asks(new GoHome("miyake", "checkout fails", s.now())).untilPhase("returned").forgetDone();
    s.passes(Duration.ofHours(1));

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.move().phase()).isInstanceOf(MovePhase.Returned.class);
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
    assertThat(s.said()).contains("traffic was brought home from " + NEW).contains("--try-again");
  }

  @Test
  void whatWasBadIsTriedAgainWhenThePersonSaysSo() {
    // Given
    Scenario s = Scenario.moving("stepping");
    s.asks(new GoHome("miyake", "checkout fails", s.now())).untilPhase("returned");

    // When
    s.asks(new Resume("miyake", "it was the load test", false, false, true, s.now()));

    // Then
    s.untilPhase("soak");
    assertThat(s.sides("web").share(NEW)).isEqualTo(1);
  }

  @Test
  void anotherNumberIsAnotherDefinition() {
    // Given
    Scenario s = Scenario.moving("stepping");
    s.asks(new GoHome("miyake", "checkout fails", s.now())).untilPhase("returned");

    // When
    s.commit(Wishes.sample("1.37").number(9)).untilPhase("soak");

    // Then
    assertThat(s.sides("web").share("shop-1-37-9")).isEqualTo(1);
  }

  @Test
  void aNewAppDigestAloneNeverTriesAgain() {
    // Given
    Scenario s = Scenario.moving("stepping");
    s.asks(new GoHome("miyake", "checkout fails", s.now())).untilPhase("returned");

    // When
    s.commit(Wishes.sample("1.37").app("a2")).passes(Duration.ofHours(1));

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void thereIsNoHomeBeforeTheFirstMoveAndNoneAfterTheLast() {
    // Given
    Scenario first = Scenario.serving(Wishes.sample("1.36"));
    GoHome home = new GoHome("miyake", "checkout fails", first.now());

    // When
    first.asks(home);

    // Then
    assertThat(home.refusal(first.record())).isPresent();
    assertThat(first.record().bad()).isEmpty();
    assertThat(first.record().journal().getLast().text()).startsWith("return refused: ");
  }

  @Test
  void aPersonsHoldStopsStepsAndNoReturn() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);
    s.asks(new StandStill("miyake", "sale", s.now())).forgetDone();

    // When
    s.passes(Duration.ofHours(1));

    // Then
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
    s.commit(Wishes.sample("1.36")).untilPhase("returned");
    assertThat(s.record().trafficHeld()).isTrue();
  }

  @Test
  void anOrderToReturnThatIsAppliedTwiceIsOne() {
    // Given
    Scenario s = Scenario.moving("stepping");
    GoHome order = new GoHome("miyake", "checkout fails", s.now());

    // When
    EnvironmentRecord once = order.on(s.record());

    // Then
    assertThat(order.on(once)).isEqualTo(once);
  }
}
