package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.SkipCheck;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.Banner;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people say to a move: the freeze over everything, approvals of steps, checks skipped. */
class PeopleRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";
  private static final Optional<Instant> NO_END = Optional.empty();

  private static final MoveCheck ERRORS =
      new MoveCheck(
          "errors",
          Set.of(),
          When.DURING,
          true,
          new Measure.RouteErrors(),
          new Compare.NotWorse(0.05, false),
          50,
          Budget.standard(),
          Optional.empty());

  /** One percent at once, a quarter after a person said yes, then everything after another. */
  private static Wishes asking() {
    Duration min = Duration.ofMinutes(1);
    Duration max = Duration.ofMinutes(10);
    return Wishes.sample("1.37")
        .steps(
            List.of(
                new Step(1, min, max),
                new Step(25, min, max, true),
                new Step(100, min, max, true)));
  }

  private static Scenario asked() {
    return Scenario.serving(Wishes.sample("1.36"))
        .commit(asking())
        .until("asks", s -> s.said().contains("waits for a person"));
  }

  private static Approve approval(Scenario s, String move, int step) {
    return new Approve(move, step, "ann", "looks well", s.now());
  }

  private static List<String> told(Scenario s, String author) {
    return s.record().journal().stream()
        .filter(e -> e.author().equals(author))
        .map(JournalEntry::text)
        .toList();
  }

  @Test
  void rule16WhileEverythingIsFrozenNoMoveBeginsAndNoClusterIsBuilt() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).freeze("sale", NO_END).forgetDone();

    // When
    s.commit(Wishes.sample("1.37")).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.phase()).isEqualTo("gone");
    assertThat(s.said()).contains("frozen by miyake: sale");
  }

  @Test
  void rule16WhileEverythingIsFrozenABegunClusterIsNotBuiltOn() {
    // Given
    Scenario s = Scenario.moving("building").freeze("sale", NO_END).forgetDone();

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.done()).noneMatch(Action.CreateCluster.class::isInstance);
    assertThat(s.done()).noneMatch(Action.CreateNodegroup.class::isInstance);
  }

  @Test
  void rule16WhileEverythingIsFrozenNoStepBeginsAndReleasesAreSyncedOn() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).freeze("sale", NO_END);
    int share = s.sides("web").weight(NEW);

    // When
    s.forgetDone().commit(Wishes.sample("1.37").app("hotfix")).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(share);
    assertThat(s.done(Action.SyncRelease.class)).isNotEmpty();
    assertThat(s.done(Action.TrafficWrite.class)).isEmpty();
  }

  @Test
  void rule16WhileEverythingIsFrozenNothingIsRetired() {
    // Given
    Scenario s = Scenario.moving("retiring").freeze("sale", NO_END).forgetDone();

    // When
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD))).passes(Duration.ofHours(2));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.clusters()).contains(OLD);
  }

  @Test
  void rule16AReturnIsNotDelayedByAFreeze() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).freeze("sale", NO_END);

    // When
    s.passes(Duration.ofMinutes(1)).asks(new GoHome("ann", "errors", s.now())).pass();

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
    assertThat(s.sides("api").share(OLD)).isEqualTo(1);
    assertThat(s.untilPhase("returned").sides("web").side(NEW)).isEmpty();
  }

  @Test
  void rule16ARevertAndAFailedCheckBringTrafficHomeThroughAFreeze() {
    // Given
    Scenario revert = Scenario.moving("stepping").untilShare("web", 25).freeze("sale", NO_END);
    Scenario sick =
        Scenario.serving(Wishes.sample("1.36"))
            .commit(Wishes.sample("1.37").judgedBy(OnFailure.RETURN, ERRORS))
            .until("begun", s -> s.move().to().equals(NEW))
            .untilShare("web", 25)
            .freeze("sale", NO_END);

    // When
    revert.commit(Wishes.sample("1.36"));
    sick.errorsFrom(NEW, 1);

    // Then
    assertThat(revert.untilPhase("returned").sides("web").share(OLD)).isEqualTo(1);
    assertThat(sick.untilPhase("returned").sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void rule16WhetherEverythingIsFrozenIsNotKnownMeansThatItIs() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).freezeUnread(true);
    int share = s.sides("web").weight(NEW);

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(share);
    assertThat(s.said()).contains("it is not known whether everything is frozen");
    assertThat(s.freezeUnread(false).untilPhase("soak").phase()).isEqualTo("soak");
  }

  @Test
  void rule16AFreezeEndsWhenItSaidThatItWould() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);
    Instant end = s.now().plus(Duration.ofMinutes(30));

    // When
    s.freeze("sale", Optional.of(end)).passes(Duration.ofMinutes(29));
    int share = s.sides("web").weight(NEW);
    s.untilPhase("soak");

    // Then
    assertThat(share).isEqualTo(5);
    assertThat(s.now()).isAfter(end);
  }

  @Test
  void whoFrozeAndWhoThawedIsToldOnceEach() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.freeze("sale", NO_END).passes(Duration.ofMinutes(1));
    s.thaw("over").passes(Duration.ofMinutes(1));

    // Then
    assertThat(told(s, "miyake"))
        .containsExactly("froze everything: sale", "thawed everything: over");
  }

  @Test
  void aFreezeThatWasDeletedIsOverAndToldAsThat() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).freeze("sale", NO_END);
    s.passes(Duration.ofMinutes(1));

    // When
    s.freezeDeleted().passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.record().journal())
        .extracting(JournalEntry::text)
        .contains("thawed everything: the freeze was deleted");
    s.commit(Wishes.sample("1.37")).untilPhase("building");
  }

  @Test
  void theBannerSaysWhoFrozeAndWhatEndsIt() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).freeze("sale", NO_END).pass();
    Wish wish = Wish.of(Wishes.sample("1.37").desired());

    // When
    Banner banner = EnvironmentView.of(wish, s.observed(), s.plan(), s.now()).banner();

    // Then
    assertThat(banner.lines()).contains("Frozen: frozen by miyake: sale");
    assertThat(banner.next()).contains("hikkoshi thaw --reason TEXT");
  }

  @Test
  void aStepThatAsksWaitsForTheApprovalThatNamesIt() {
    // Given
    Scenario s = asked();
    String move = s.move().id();

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(1);
    assertThat(s.said())
        .contains("the step to 25 % waits for a person: hikkoshi approve shop --step 25");
    assertThat(s.asks(approval(s, move, 25)).untilShare("web", 25).phase()).isEqualTo("stepping");
    assertThat(told(s, "ann")).containsExactly("approved the step to 25 %: looks well");
  }

  @Test
  void anApprovalCountsForNoOtherStep() {
    // Given
    Scenario s = asked();
    s.asks(approval(s, s.move().id(), 25)).untilShare("web", 25);

    // When
    s.passes(Duration.ofHours(1));

    // Then
    assertThat(s.sides("web").weight(NEW)).isEqualTo(25);
    assertThat(s.said()).contains("hikkoshi approve shop --step 100");
  }

  @Test
  void anApprovalCountsForNoOtherMove() {
    // Given
    Scenario s = asked();
    String first = s.move().id();
    s.asks(approval(s, first, 25)).untilShare("web", 25);
    s.commit(Wishes.sample("1.36")).untilPhase("returned");
    s.commit(asking()).until("asks", n -> n.said().contains("waits for a person"));

    // When
    Approve late = approval(s, first, 25);
    s.asks(late).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.move().id()).isNotEqualTo(first);
    assertThat(s.sides("web").weight(NEW)).isEqualTo(1);
    assertThat(late.refusal(s.record())).get().asString().contains("is not the current one");
  }

  @Test
  void whatNobodyAsksForIsRefused() {
    // Given
    Scenario s = asked();

    // When
    Stream<Optional<String>> refused =
        Stream.of(1, 30).map(step -> approval(s, s.move().id(), step).refusal(s.record()));

    // Then
    assertThat(refused)
        .allSatisfy(why -> assertThat(why).get().asString().contains("25 %, 100 % do"));
  }

  @Test
  void aReturnAsksNobody() {
    // Given
    Scenario s = asked();
    s.asks(approval(s, s.move().id(), 25)).untilShare("web", 25);

    // When
    s.commit(Wishes.sample("1.36")).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  private static Scenario judged() {
    return Scenario.serving(Wishes.sample("1.36"))
        .commit(Wishes.sample("1.37").judgedBy(OnFailure.HOLD, ERRORS))
        .until("begun", s -> s.move().to().equals(NEW))
        .untilShare("web", 5);
  }

  private static SkipCheck skip(Scenario s, Optional<Instant> until) {
    return new SkipCheck(s.move().id(), "errors", "ann", "meters are down", s.now(), until);
  }

  @Test
  void aCheckThatAPersonSkipsStopsNothingAndIsShown() {
    // Given
    Scenario s = judged().metersEmpty(true);

    // When
    s.asks(skip(s, Optional.empty())).until("goes on", n -> n.sides("web").weight(NEW) > 5);

    // Then
    assertThat(s.said()).contains("errors (skipped)").contains("skipped by ann: meters are down");
    assertThat(told(s, "ann")).containsExactly("check errors is skipped: meters are down");
    assertThat(s.untilPhase("retiring").record().holds()).isEmpty();
  }

  @Test
  void aSkipEndsAtItsTimeAndWithItsMove() {
    // Given
    Scenario s = judged().metersEmpty(true);
    SkipCheck order = skip(s, Optional.of(s.now().plus(Duration.ofMinutes(5))));

    // When
    s.asks(order).until("held", n -> !n.record().holds().isEmpty());

    // Then
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.TOO_FEW_SAMPLES);
    s.asks(new GoHome("ann", "enough", s.now())).untilPhase("returned");
    assertThat(skip(s, Optional.empty()).refusal(s.record())).isPresent();
  }

  @Test
  void inModeObserveAFreezeIsShownAndNothingElseChanges() {
    // Given
    Scenario s = Scenario.calm().commit(Wishes.sample("1.36").mode(Desired.Mode.OBSERVE));

    // When
    s.freeze("sale", NO_END).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("frozen by miyake: sale");
  }
}
