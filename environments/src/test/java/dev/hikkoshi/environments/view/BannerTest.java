package dev.hikkoshi.environments.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads in the first five seconds. */
class BannerTest {

  private static EnvironmentView view(Scenario s, Wishes wish) {
    return EnvironmentView.of(
        Wish.of(wish.desired()), Optional.<Observed>empty(), s.plan(), s.now());
  }

  @ParameterizedTest
  @CsvSource({
    "building, BUILDING, is given up",
    "syncing, PROVING, is given up",
    "stepping, MOVING, one write for each route",
    "soak, SOAKING, one write for each route",
    "drain, DRAINING, put back on the routes",
    "retiring, RETIRING, put back on the routes"
  })
  void eachPhaseSaysWhereTrafficIsWhatComesNextAndHowToGoBack(
      String phase, State state, String back) {
    // Given
    Scenario s = Scenario.moving(phase).pass();

    // When
    Banner banner = view(s, Wishes.sample("1.37")).banner();

    // Then
    assertThat(banner.state()).isEqualTo(state);
    assertThat(banner.headline()).contains("1.37");
    assertThat(banner.next()).isNotBlank();
    assertThat(banner.back()).contains(back);
    assertThat(banner.started()).startsWith("commit ");
    assertThat(banner.lines().getFirst())
        .startsWith(state.shape() + " " + state.word().toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void aWayBackThatIsBlockedIsToldWhereTheWayBackIs() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).sick("shop-1-36-1", true);
    s.passes(Duration.ofMinutes(1));

    // When
    Banner banner = view(s, Wishes.sample("1.37")).banner();

    // Then
    assertThat(banner.back()).contains("; not at once now, web: home-capacity");
    assertThat(banner.why()).doesNotContain("return-ready");
  }

  @Test
  void aHoldSaysWhyAndWhatLiftsIt() {
    // Given
    Scenario s =
        Scenario.moving("stepping")
            .untilShare("web", 5)
            .somebody()
            .weighs("web", "shop-1-37-2", 60);
    s.passes(Duration.ofSeconds(5));

    // When
    Banner banner = view(s, Wishes.sample("1.37")).banner();

    // Then
    assertThat(banner.state()).isEqualTo(State.HOLDING);
    assertThat(banner.why()).contains("somebody else wrote weights");
    assertThat(banner.next()).contains("hikkoshi resume shop");
  }

  @Test
  void aHoldStopsTrafficAndWhatGoesOnIsTold() {
    // Given
    Scenario s = Scenario.moving("syncing");
    s.asks(new StandStill("miyake", "let me look", s.now())).pass();
    s.until(
        "syncs", x -> x.plan().actions().stream().anyMatch(Action.SyncRelease.class::isInstance));

    // When
    Banner banner = view(s, Wishes.sample("1.37")).banner();

    // Then
    assertThat(banner.next())
        .startsWith("traffic stays as it is until a person or a commit acts: hikkoshi resume shop")
        .contains("; meanwhile sync ");
  }

  @Test
  void aReturnThatWaitsForHomeSaysForWhatAndNotThatNothingHappens() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).sick("shop-1-36-1", true);
    s.passes(Duration.ofMinutes(1)).commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(1));

    // When
    Banner banner = view(s, Wishes.sample("1.36")).banner();

    // Then
    assertThat(banner.state()).isEqualTo(State.HOLDING);
    assertThat(banner.next())
        .contains("home-capacity: shop-1-36-1 has 0 ready pods")
        .endsWith("; to lift the hold: hikkoshi resume shop --reason TEXT");
  }

  @Test
  void atRestNothingIsPromised() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).pass();

    // When
    Banner banner = view(s, Wishes.sample("1.36")).banner();

    // Then
    assertThat(banner.state()).isEqualTo(State.STEADY);
    assertThat(banner.headline()).startsWith("on 1.36");
    assertThat(banner.next()).isEqualTo("nothing until a commit asks for something");
  }

  @Test
  void aDefinitionThatWasNeverGoodIsRejected() {
    // Given
    Scenario s = Scenario.calm();
    Wish none = Wish.none("shop", "shop/environment.yaml:3:1: unknown key 'spek'");

    // When
    EnvironmentView view = EnvironmentView.of(none, Optional.empty(), s.plan(), s.now());

    // Then
    assertThat(view.banner().state()).isEqualTo(State.REJECTED);
    assertThat(view.problems()).containsExactly("shop/environment.yaml:3:1: unknown key 'spek'");
  }

  @Test
  void aPlanNamesDangerFirstAndFromWhereOnARevertBuildsAgain() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    PlanDocument plan =
        PlanDocument.of(Wishes.sample("1.37").approved(Set.of()).desired(), s.record());

    // Then
    assertThat(plan.dangers()).anyMatch(d -> d.contains("a revert builds again"));
    assertThat(plan.items().getFirst().why()).isEqualTo("metadata.version 1.36 → 1.37");
    assertThat(plan.summary())
        .isEqualTo(
            "Plan: 1 cluster to build, 2 releases, 2 routes in 5 steps, 1 cluster to retire");
    assertThat(plan.changes()).isTrue();
  }

  @Test
  void aPlanToAdoptSaysAtWhichVersionTheClusterHasToBe() {
    // Given: nothing is remembered before the mode is act, so nobody knows what EKS says
    EnvironmentRecord record = EnvironmentRecord.fresh("shop");

    // When
    PlanDocument plan = PlanDocument.of(Wishes.sample("1.37").adopting().desired(), record);

    // Then
    assertThat(plan.items().getFirst().what())
        .startsWith("adopt cluster ")
        .endsWith(" as it is, if EKS says 1.37 too");
  }

  @Test
  void aPlanWithoutChangesSaysSo() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    PlanDocument plan = PlanDocument.of(Wishes.sample("1.36").desired(), s.record());

    // Then
    assertThat(plan.changes()).isFalse();
    assertThat(plan.summary()).isEqualTo("No changes.");
  }
}
