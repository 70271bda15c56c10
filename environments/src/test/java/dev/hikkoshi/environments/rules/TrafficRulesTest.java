package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules 1 to 5 of the move: shares, the life of a side, writes, foreign hands, time. */
class TrafficRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";
  private static final String THIRD = "shop-1-38-3";

  @Test
  void rule1AnUndeclaredStrangerFailsThePlan() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).somebody().addsRecord("legacy-eu", 10);

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.said()).contains("somebody else wrote weights").contains("legacy-eu 10");
    assertThat(s.done(Action.WriteRecords.class))
        .allSatisfy(w -> assertThat(w.intended().side(NEW)).isEmpty());
  }

  @Test
  void rule1StepsArePercentOfWhatIsNotAStrangers() {
    // Given
    Wishes declared = Wishes.sample("1.36").routes(true, false).strangers(Set.of("legacy-eu"));
    Scenario s = Scenario.serving(declared).somebody().addsRecord("legacy-eu", 100);
    s.passes(Duration.ofSeconds(5)).resume(true).passes(Duration.ofSeconds(5));

    // When
    s.commit(declared.version("1.37")).until("50 %", sc -> sc.sides("web").weight(NEW) == 50);

    // Then
    assertThat(s.sides("web").weight("legacy-eu")).isEqualTo(100);
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.25);
    assertThat(s.plan().routes().getFirst().wantedShare()).isEqualTo(0.25);
  }

  @Test
  void rule1WeightsOfFiveAndFiveAreNotFivePercent() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(5);
    assertThat(s.sides("web").weight(OLD)).isEqualTo(95);
  }

  @Test
  void rule1WithoutAnOldSideTheFirstMoveIsOneWriteToHundred() {
    // Given, When
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // Then
    assertThat(s.done(Action.WriteRecords.class)).hasSize(1);
    assertThat(s.done(Action.WriteRule.class)).hasSize(1);
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void rule2NothingIsOnARouteBeforeEveryReleaseIsReady() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).commit(Wishes.sample("1.37"));
    s.until("cluster", sc -> sc.clusters().contains(NEW)).sick(NEW, true);

    // When
    s.passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.phase()).isEqualTo("syncing");
    assertThat(s.sides("web").side(NEW)).isEmpty();
    assertThat(s.sides("api").side(NEW)).isEmpty();
    assertThat(s.said()).contains("releases-ready").contains("CrashLoopBackOff");
  }

  @Test
  void rule2ASideIsAttachedWithWeightZeroBeforeItReceives() {
    // Given, When
    Scenario s = Scenario.moving("stepping");

    // Then
    List<Integer> weights =
        s.done(Action.WriteRecords.class).stream()
            .filter(w -> w.intended().side(NEW).isPresent())
            .map(w -> w.intended().weight(NEW))
            .toList();
    assertThat(weights).startsWith(0, 1);
  }

  @Test
  void rule2ASideThatFallsIllGainsNoMoreShare() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).sick(NEW, true);

    // When
    s.passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(5);
    assertThat(s.said()).contains("targets-healthy").contains("0 healthy");
  }

  @Test
  void rule3OneBatchDeletesExactlyWhatIsThereAndCreatesBothSides() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);

    // When
    Action.WriteRecords write = s.done(Action.WriteRecords.class).getLast();

    // Then
    assertThat(write.deletes()).extracting(r -> r.weight().orElse(-1)).containsExactly(95, 5);
    assertThat(write.creates()).extracting(r -> r.weight().orElse(-1)).containsExactly(75, 25);
    assertThat(write.creates())
        .extracting(RecordSeen::type)
        .containsExactlyElementsOf(write.deletes().stream().map(RecordSeen::type).toList());
  }

  @Test
  void rule3OneRuleCarriesBothSides() {
    // Given, When
    Scenario s = Scenario.moving("stepping").untilShare("api", 25);

    // Then
    assertThat(s.done(Action.WriteRule.class))
        .filteredOn(w -> w.intended().side(NEW).isPresent())
        .allSatisfy(w -> assertThat(w.intended().total()).isEqualTo(100));
  }

  @Test
  void rule4AForeignWriteHoldsAllTrafficAndSaysTheCommandThatAcceptsIt() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).somebody().weighs("web", NEW, 60);
    s.pass().forgetDone();

    // When
    s.passes(Duration.ofMinutes(15));

    // Then
    assertThat(s.record().trafficHeld()).isTrue();
    assertThat(s.done()).noneMatch(Action.TrafficWrite.class::isInstance);
    assertThat(s.said()).contains("hikkoshi resume shop --reason TEXT --accept-weights");
  }

  @Test
  void rule4APersonAcceptsForeignWeightsAndTheMoveGoesOn() {
    // Given
    Scenario s =
        Scenario.moving("stepping").untilShare("web", 5).somebody().weighs("web", NEW, 60).pass();

    // When
    s.resume(true).untilPhase("soak");

    // Then
    assertThat(s.sides("web").share(NEW)).isEqualTo(1);
    assertThat(s.record().journal())
        .anyMatch(e -> e.author().equals("miyake"))
        .anyMatch(e -> e.text().startsWith("accepted on web: ") && e.text().contains(NEW + " 60"));
  }

  @Test
  void rule15AGivenUpClusterThatGotWeightGivesWayWithTheNextWrite() {
    // Given
    Wishes wishes = Wishes.sample("1.36").routes(true, false);
    Scenario s = Scenario.serving(wishes).commit(wishes.version("1.37")).untilPhase("attached");
    s.until("1.37 attached", sc -> sc.sides("web").side(NEW).isPresent());
    RecordSeen late =
        s.records().stream()
            .filter(r -> r.setIdentifier().equals(Optional.of(NEW)))
            .findFirst()
            .orElseThrow();
    s.commit(wishes.version("1.38"))
        .until("1.38 attached", sc -> sc.sides("web").side(THIRD).isPresent());
    List<RecordSeen> all = new ArrayList<>(s.records());
    all.add(late);
    s.somebody().writes(all).somebody().weighs("web", NEW, 26).pass();

    // When
    s.resume(true).until("1.38 receives", sc -> sc.sides("web").weight(THIRD) > 0);

    // Then
    assertThat(s.sides("web").weight(NEW)).isZero();
    assertThat(s.sides("web").weight(THIRD) + s.sides("web").weight(OLD)).isEqualTo(100);
  }

  @Test
  void rule4AcceptingWeightsOfOneRouteDoesNotJudgeTheStepOfAnother() {
    // Given
    Scenario s =
        Scenario.moving("stepping").untilShare("web", 5).somebody().weighs("api", NEW, 60).pass();

    // When
    s.resume(true).pass();

    // Then
    assertThat(s.record().move().orElseThrow().route("web").progress())
        .isNotInstanceOf(RouteProgress.Judged.class);
    assertThat(s.sides("web").weight(NEW)).isEqualTo(5);
  }

  @Test
  void rule4AForeignWriteTowardsHomeIsAdoptedByAReturn() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25);
    s.commit(Wishes.sample("1.36")).somebody().weighs("web", NEW, 1);

    // When
    s.untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.record().holds()).isEmpty();
  }

  @Test
  void rule5AStepCountsFromInsyncAndTtl() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 1);

    // When
    s.until(
        "watching",
        sc ->
            sc.move().route("web").progress() instanceof RouteProgress.Watching w && w.step() == 1);

    // Then
    RouteProgress.Watching w = (RouteProgress.Watching) s.move().route("web").progress();
    assertThat(s.said()).isNotBlank();
    Duration sinceWrite = Duration.between(s.move().phase().since(), w.effectiveAt());
    assertThat(sinceWrite).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void rule5AStepIsOverOnlyWithEvidenceThatTheShareIsAsIntended() {
    // Given, When
    Scenario s =
        Scenario.moving("stepping")
            .until(
                "judged",
                sc ->
                    sc.move().route("api").progress() instanceof RouteProgress.Judged j
                        && j.step() >= 1);

    // Then
    RouteProgress.Judged judged = (RouteProgress.Judged) s.move().route("api").progress();
    assertThat(judged.evidence()).contains("% measured").contains("requests, p =");
    assertThat(Duration.between(judged.effectiveAt(), judged.at()))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void rule5TheJournalHasTheVerdictOnEveryStep() {
    // Given, When
    Scenario s = Scenario.moving("stepping").untilPhase("soak");

    // Then
    List<JournalEntry> verdicts =
        s.record().journal().stream()
            .filter(e -> e.move().equals(s.move().id()) && e.judged().isPresent())
            .toList();
    assertThat(verdicts)
        .allSatisfy(e -> assertThat(e.text()).contains(" measured, "))
        .extracting(e -> e.judged().orElseThrow())
        .filteredOn(step -> step.route().equals("web"))
        .extracting(Fact.Judged::percent)
        .containsExactly(1, 5, 25, 50, 100);
    assertThat(verdicts).hasSize(10);
  }

  @Test
  void theJournalTellsWhenEachPhaseBegan() {
    // Given, When
    Scenario s = Scenario.moving("soak");

    // Then
    List<String> told = s.record().journal().stream().map(JournalEntry::text).toList();
    assertThat(told)
        .containsSubsequence(
            "phase syncing", "phase attached", "phase warm", "phase stepping", "phase soak");
  }

  @Test
  void rule5ASharedStepWaitsForEveryRoute() {
    // Given
    Scenario s = Scenario.moving("stepping");

    // When
    s.until("25 %", sc -> sc.sides("web").weight(NEW) == 25);

    // Then
    assertThat(s.sides("api").weight(NEW)).isBetween(5, 25);
    assertThat(s.phase()).isEqualTo("stepping");
    assertThat(s.move().phase()).isInstanceOf(MovePhase.Forward.class);
  }

  @Test
  void rule5TooFewSamplesHoldAtTheEndOfTheDwell() {
    // Given
    Scenario s = Scenario.with(LyingGateways::withoutAnswers);
    s.commit(Wishes.sample("1.36").routes(true, false)).untilPhase("gone");

    // When
    s.commit(Wishes.sample("1.37").routes(true, false))
        .until("held", sc -> sc.record().trafficHeld());

    // Then
    assertThat(s.record().holds())
        .extracting(Hold::reason)
        .containsExactly(Hold.Reason.TOO_FEW_SAMPLES);
  }

  @Test
  void rule5AShareThatDisagreesHolds() {
    // Given
    Scenario s = Scenario.with(LyingGateways::everythingStaysOld);
    s.commit(Wishes.sample("1.36").routes(true, false)).untilPhase("gone");

    // When
    s.commit(Wishes.sample("1.37").routes(true, false))
        .until("held", sc -> sc.record().trafficHeld());

    // Then
    assertThat(s.record().holds())
        .extracting(Hold::reason)
        .containsExactly(Hold.Reason.SHARE_DISAGREES);
    assertThat(s.said()).contains("0.00 % measured, 1.00 % intended");
  }
}
