package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.RunOnce;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 11: run-once work runs on one side, and goes over with proof. */
class RunOnceRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static Wishes once(String version) {
    return Wishes.sample(version).outside(List.of(Wishes.CLOSE_DAY_ONCE));
  }

  private static Scenario begun(Scenario calm) {
    return calm.commit(once("1.36")).untilPhase("gone").commit(once("1.37"));
  }

  private static boolean runsIn(Scenario s, String cluster) {
    return s.closingDay().equals(List.of(cluster));
  }

  private static boolean held(Scenario s) {
    return s.record().holds().stream().anyMatch(h -> h.reason() == Hold.Reason.RUN_ONCE_UNPROVEN);
  }

  @Test
  void itRunsInTheFirstClusterOnceThatServes() {
    // Given
    Scenario s = Scenario.calm().commit(once("1.36"));

    // When, Then
    s.untilPhase("warm");
    assertThat(s.closingDay()).isEmpty();
    s.untilPhase("gone").until("it runs", x -> runsIn(x, OLD));
  }

  @Test
  void itGoesOverAtHalfAndStartsOnlyAfterItHasStopped() {
    // Given
    Scenario s = begun(Scenario.calm());
    List<String> seen = new ArrayList<>();

    // When
    s.untilShare("web", 25);
    assertThat(s.closingDay()).containsExactly(OLD);
    s.until("it goes over", x -> x.record().runOnce().orElse(null) instanceof RunOnce.Passing);
    assertThat(Math.round(100 * s.sides("web").share(NEW))).isEqualTo(50);
    s.until(
        "it runs on the new side",
        x -> {
          String now = String.join("+", x.closingDay());
          if (seen.isEmpty() || !seen.getLast().equals(now)) {
            seen.add(now);
          }
          return runsIn(x, NEW);
        });

    // Then
    assertThat(seen).containsExactly(OLD, "", NEW);
    assertThat(s.record().journal())
        .extracting(JournalEntry::text)
        .contains("run-once work stops in %s, to go to %s".formatted(OLD, NEW));
    s.untilPhase("retiring");
    assertThat(s.closingDay()).containsExactly(NEW);
  }

  @Test
  void aReturnMovesTrafficFirstAndTheWorkWhenItHasStopped() {
    // Given
    Scenario s = begun(Scenario.calm()).untilPhase("soak").until("new", x -> runsIn(x, NEW));

    // When
    s.commit(once("1.36")).until("weights home", x -> x.sides("web").share(OLD) == 1);

    // Then
    assertThat(runsIn(s, OLD)).as("traffic did not wait for it").isFalse();
    s.untilPhase("returned").until("home", x -> runsIn(x, OLD));
  }

  @Test
  void aReturnBeforeItStartedThereSimplyLetsItRunAtHome() {
    // Given
    Scenario s =
        begun(Scenario.calm())
            .until("passing", x -> x.record().runOnce().orElse(null) instanceof RunOnce.Passing);

    // When
    s.commit(once("1.36")).untilPhase("returned").until("home", x -> runsIn(x, OLD));

    // Then
    assertThat(s.record().runOnce().orElseThrow().goal()).isEqualTo(OLD);
  }

  @Test
  void aClusterThatGetsNodesAgainHasItsWorkStoppedFirst() {
    // Given: it never stopped in the old cluster, whose nodes go
    Scenario s =
        begun(Scenario.with(LyingGateways::protectedForGood))
            .untilPhase("stepping")
            .sick(OLD, true)
            .commit(once("1.37").approved(Set.of(OLD)))
            .until(
                "its nodes are gone",
                x ->
                    x.record().runOnce().orElse(null) instanceof RunOnce.At(String at, _)
                        && at.equals(NEW));

    // When
    s.forgetDone().commit(once("1.36")).sick(OLD, false).untilPhase("stepping");

    // Then
    assertThat(s.closingDay()).containsExactly(NEW);
    assertThat(s.done())
        .extracting(Action::why)
        .containsSubsequence(
            "stop run-once work of web/shop in " + OLD, "node group main is missing");
    s.until("home", x -> runsIn(x, OLD));
  }

  @Test
  void whatCannotBeSeenIsNoProofAndAPersonMayTypeTheOverride() {
    // Given
    Scenario s =
        begun(Scenario.with(g -> LyingGateways.working(g, blind())))
            .untilPhase("soak")
            .until("a person is asked", RunOnceRulesTest::held);
    assertThat(s.closingDay()).as("it stopped in truth, nobody knows").isEmpty();
    assertThat(s.said()).contains("--run-once-anyway");

    // When
    s.resume(false).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.closingDay()).as("another resume is no override").isEmpty();
    s.runOnceAnyway().until("it runs on the new side", x -> runsIn(x, NEW));
    assertThat(held(s)).isFalse();
    assertThat(s.record().journal().stream().map(e -> e.text()))
        .anyMatch(t -> t.contains("not proven, but miyake: the old side is off"));
  }

  @Test
  void aLookThatSaysStoppedTooEarlyIsFoundByTheInvariant() {
    // A proof that is none: the gateway says that all has stopped while a job still runs for hours.
    assertThatThrownBy(
            () ->
                begun(
                        Scenario.with(
                            g ->
                                LyingGateways.neverPausing(
                                    LyingGateways.working(g, Observation.known(List.of())))))
                    .untilPhase("retiring"))
        .hasMessageContaining("run-once work runs on one side: [shop-1-36-1, shop-1-37-2]");
  }

  @Test
  void classifyingWhatRunsDoesNotStopIt() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.commit(once("1.36")).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.done(Action.SyncRelease.class)).isEmpty();
    assertThat(s.record().runOnce().orElseThrow().goal()).isEqualTo(OLD);
  }

  @Test
  void itIsForgottenWhenNothingIsClassifiedSo() {
    // Given
    Scenario s = begun(Scenario.calm()).untilPhase("retiring");

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofSeconds(5));

    // Then
    assertThat(s.record().runOnce()).isEmpty();
  }

  @Test
  void whatHeldForItIsLiftedWhenNothingIsClassifiedSo() {
    // Given
    Scenario s =
        begun(Scenario.with(g -> LyingGateways.working(g, blind())))
            .untilPhase("soak")
            .until("a person is asked", RunOnceRulesTest::held);

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofSeconds(5));

    // Then
    assertThat(s.record().holds()).isEmpty();
  }

  private static Observation<List<String>> blind() {
    return Observation.unknown("run-once work", "the API server does not answer");
  }
}
