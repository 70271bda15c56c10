package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.StandStill;
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
  void aReturnThatWouldGoByStepsIsNotReady() {
    // Given
    Scenario s = Scenario.moving("soak").somebody().scales(OLD, 2);

    // When
    s.pass();

    // Then
    assertThat(ready(s))
        .isNotEmpty()
        .allMatch(v -> v instanceof Verdict.Fail(String why) && why.startsWith("by steps: "));
  }

  @Test
  void aReturnToAHomeWithoutPodsIsNotReadyAlsoWhereItIsPutBackFirst() {
    // Given: off the route, so that the first write only puts it back
    Scenario s = Scenario.moving("retiring").sick(OLD, true);

    // When
    s.pass();

    // Then
    assertThat(ready(s)).isNotEmpty().allMatch(Verdict.Fail.class::isInstance);
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

  private static List<Verdict> ready(Scenario s) {
    return s.plan().checks().stream()
        .filter(c -> c.name().equals(Rehearsal.CHECK))
        .map(Check::verdict)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attached", "warm", "stepping", "soak", "drain"})
  void everyPassOfAMoveRehearsesTheReturn(String phase) {
    // Given
    Scenario s = Scenario.moving(phase);

    // When
    s.pass();

    // Then
    assertThat(ready(s)).hasSize(2).allSatisfy(v -> assertThat(v).isInstanceOf(Verdict.Pass.class));
  }

  @Test
  void aReturnThatIsAskedForDoesWhatTheRehearsalSaid() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).pass().forgetDone();
    assertThat(ready(s).getFirst().evidence()).startsWith("at once: ");

    // When
    s.asks(new GoHome("miyake", "errors", s.now())).pass();

    // Then
    assertThat(s.done(Action.TrafficWrite.class)).hasSize(2);
  }

  @Test
  void aReturnThatWouldWaitIsToldBeforeAnybodyAsksForIt() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    s.sick(OLD, true).passes(Duration.ofMinutes(1));

    // Then
    assertThat(ready(s).getFirst())
        .isInstanceOfSatisfying(
            Verdict.Fail.class, v -> assertThat(v.evidence()).contains("0 ready pods"));
    assertThat(s.record().holds()).isEmpty();
  }

  @Test
  void whereThereIsNoHomeNothingIsRehearsed() {
    // Given
    Scenario first = Scenario.calm().commit(Wishes.sample("1.36")).untilPhase("syncing");
    Scenario nodesGo = Scenario.moving("retiring");
    nodesGo
        .commit(Wishes.sample("1.37").approved(Set.of(OLD)))
        .until("nodes go", sc -> !sc.done(Action.DeleteNodegroup.class).isEmpty());

    // Then
    assertThat(ready(first.pass())).isEmpty();
    assertThat(ready(nodesGo.pass())).isEmpty();
  }

  @Test
  void untilItsRetirementIsApprovedTheOldClusterIsHome() {
    // Given
    Scenario s = Scenario.moving("retiring").pass().forgetDone();
    assertThat(ready(s)).hasSize(2).allSatisfy(v -> assertThat(v).isInstanceOf(Verdict.Pass.class));

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.done(Action.WriteRecords.class))
        .extracting(w -> w.intended().share(OLD))
        .startsWith(1.0);
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
