package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 10: what a revert does in each phase; the table of docs/move.md, row by row. */
class ReturnRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  @ParameterizedTest
  @ValueSource(strings = {"building", "syncing"})
  void beforeTrafficMovedARevertGivesTheNewClusterUp(String phase) {
    // Given
    Scenario s = Scenario.moving(phase).forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.move().serving()).isEqualTo(OLD);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 25, 50, 100})
  void fromAnyStepARevertIsOneWriteForEachRouteThenTheNewSideIsTakenOut(int percent) {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", percent).forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    List<Action.WriteRecords> writes = s.done(Action.WriteRecords.class);
    assertThat(writes.getFirst().intended().share(OLD)).isEqualTo(1);
    assertThat(writes).hasSize(2);
    assertThat(writes.getLast().intended().side(NEW)).isEmpty();
    assertThat(s.sides("api").share(OLD)).isEqualTo(1);
  }

  @Test
  void rule10AThirdThatSomebodyPutBackGivesWayOnlyToAHomeThatIsThere() {
    // Given: traffic is home, and what it came home from has share again, which a person accepted.
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);
    s.commit(Wishes.sample("1.36")).untilPhase("returned");
    s.commit(Wishes.sample("1.38"))
        .untilPhase("warm")
        .sick(OLD, true)
        .passes(Duration.ofMinutes(2));
    s.somebody().putsBack(NEW, 30).pass().resume(true).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(30);
    assertThat(s.said()).contains("home-capacity: " + OLD + " has 0 ready pods");

    // When
    s.sick(OLD, false);

    // Then
    s.until("it gave way", x -> x.sides("web").weight(NEW) == 0);
  }

  @Test
  void inSoakARevertIsOneWriteForEachRoute() {
    // Given
    Scenario s = Scenario.moving("soak").forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.done(Action.WriteRecords.class).getFirst().intended().share(OLD)).isEqualTo(1);
    assertThat(s.done(Action.WriteRule.class).getFirst().intended().share(OLD)).isEqualTo(1);
  }

  @Test
  void inDrainHomeIsPutBackOnTheRoutesAndThenGetsEverything() {
    // Given
    Scenario s = Scenario.moving("drain");
    s.until(
        "out", sc -> sc.sides("api").side(OLD).isEmpty() && sc.sides("web").side(OLD).isEmpty());
    s.forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.done(Action.WriteRecords.class).getFirst().intended().share(OLD)).isEqualTo(1);
    assertThat(s.done(Action.WriteRule.class))
        .extracting(w -> w.intended().weight(OLD))
        .startsWith(0, 100);
  }

  @Test
  void whileTheOldClusterIsBeingRetiredItsNodesAreBuiltAgainFirst() {
    // Given
    Scenario s = Scenario.moving("retiring");
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD)))
        .until("nodes go", sc -> !sc.done(Action.DeleteNodegroup.class).isEmpty())
        .forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("soak");

    // Then
    assertThat(s.done(Action.CreateNodegroup.class)).isNotEmpty();
    assertThat(s.move().to()).isEqualTo(OLD);
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void onceItIsGoneARevertBuildsTheOldVersionAnew() {
    // Given
    Scenario s = Scenario.moving("retiring");
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD))).untilPhase("gone");

    // When
    s.commit(Wishes.sample("1.36")).pass();

    // Then
    assertThat(s.move().to()).isEqualTo("shop-1-36-3");
  }

  @Test
  void aReturnNeedsNothingOfTheNewCluster() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 50).sick(NEW, true);

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void untilItsRetirementIsApprovedTheOldClusterIsHome() {
    // Given
    Scenario s = Scenario.moving("retiring").pass().forgetDone();
    assertThat(RehearsalRulesTest.ready(s))
        .hasSize(2)
        .allSatisfy(v -> assertThat(v).isInstanceOf(Verdict.Pass.class));

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.done(Action.WriteRecords.class))
        .extracting(w -> w.intended().share(OLD))
        .startsWith(1.0);
  }

  @Test
  void mergingTheNewVersionAgainIsAMoveWithAllItsSteps() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);
    s.commit(Wishes.sample("1.36")).untilPhase("returned").forgetDone();

    // When
    s.commit(Wishes.sample("1.37")).untilPhase("soak");

    // Then
    assertThat(s.clusters()).containsExactly(OLD, NEW);
    assertThat(s.done(Action.CreateCluster.class)).isEmpty();
    assertThat(s.done(Action.WriteRecords.class))
        .extracting(w -> w.intended().weight(NEW))
        .containsExactly(0, 1, 5, 25, 50, 100);
  }

  @Test
  void aReturnDoesNotWaitForAWindow() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    s.commit(Wishes.sample("1.36").windows(SafetyRulesTest.closed(s.now()))).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }
}
