package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A route whose old side is no cluster: the first move has steps, and a return. */
class ExternalRulesTest {

  private static final String FIRST = "shop-1-36-1";
  private static final Wishes INTO = Wishes.sample("1.36").routes(false, true).withExternal();
  private static final Wishes OUTSIDE = INTO.stance(new Stance(Optional.empty(), false, true));

  private static Scenario outside() {
    return Scenario.calm().outside();
  }

  @Test
  void whileTrafficIsExternalNothingIsBuilt() {
    // Given, When
    Scenario s = outside().commit(OUTSIDE).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("traffic stays outside of clusters");
  }

  @Test
  void theFirstMoveStartsFromTheExternalSideAndTakesEveryStep() {
    // Given, When
    Scenario s = outside().commit(OUTSIDE).passes(Duration.ofMinutes(1)).commit(INTO);
    s.untilPhase("gone");

    // Then
    assertThat(s.done(Action.WriteRule.class))
        .extracting(w -> w.intended().weight(FIRST))
        .containsExactly(0, 1, 5, 25, 50, 100);
    assertThat(s.sides("api").weight(FIRST)).isEqualTo(100);
    assertThat(s.sides("api").side(Wishes.OUTSIDE)).isPresent();
    assertThat(s.sides("api").weight(Wishes.OUTSIDE)).isZero();
  }

  @Test
  void revertingTheCommitReturnsEverythingInOneWrite() {
    // Given
    Scenario s = outside().commit(INTO).pass().untilShare("api", 25).forgetDone();

    // When
    s.commit(OUTSIDE).untilPhase("returned");

    // Then
    assertThat(s.done(Action.WriteRule.class)).isNotEmpty();
    assertThat(s.done(Action.WriteRule.class).getFirst().intended().weight(FIRST)).isZero();
    assertThat(s.sides("api").weight(Wishes.OUTSIDE)).isEqualTo(100);
  }

  @Test
  void afterAReturnTheSameCommitMovesAgainToTheKeptCluster() {
    // Given
    Scenario s = outside().commit(INTO).pass().untilShare("api", 25);
    s.commit(OUTSIDE).untilPhase("returned").forgetDone();

    // When
    s.commit(INTO).untilPhase("gone");

    // Then
    assertThat(s.done(Action.CreateCluster.class)).isEmpty();
    assertThat(s.sides("api").receiving()).containsExactly(FIRST);
  }

  @Test
  void aNextMoveStartsFromTheClusterAndLeavesTheExternalSideAlone() {
    // Given
    Scenario s = outside().commit(INTO).untilPhase("gone");

    // When
    Wishes next = Wishes.sample("1.37").routes(false, true).withExternal();
    s.commit(next).untilPhase("retiring");

    // Then
    assertThat(s.sides("api").weight("shop-1-37-2")).isEqualTo(100);
    assertThat(s.sides("api").weight(Wishes.OUTSIDE)).isZero();
    assertThat(s.sides("api").side(FIRST)).isEmpty();
  }
}
