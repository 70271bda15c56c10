package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 10: every pass rehearses the return, and says whether it would come at once. */
class RehearsalRulesTest {

  private static final String OLD = "shop-1-36-1";

  static List<Verdict> ready(Scenario s) {
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
}
