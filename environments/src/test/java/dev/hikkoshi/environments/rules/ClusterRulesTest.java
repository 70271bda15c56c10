package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.ClusterLife.Stage;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules 8, 9, 13 and 15 of the move: which cluster is wanted, and when an old one goes. */
class ClusterRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  @Test
  void rule8AMixedChangeIsRefusedWithTheAdviceToSplitIt() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));
    Wishes mixed =
        Wishes.sample("1.37")
            .mixedChange(Observation.known(new MixedChange(false, "commit c changes web/shop")));

    // When
    s.commit(mixed).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.said()).contains("mixed-change").contains("split the commit");
  }

  @Test
  void rule8WhatIsNotKnownToBeUnmixedIsNotStarted() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.commit(
            Wishes.sample("1.37")
                .mixedChange(Observation.unknown("commit c", "it does not render")))
        .passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.said()).contains("it does not render");
  }

  @Test
  void rule8ReleasesFollowHeadOnBothSides() {
    // Given
    Scenario s = Scenario.moving("stepping").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").app("a2")).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done(Action.SyncRelease.class))
        .extracting(a -> a.cluster().name())
        .contains(OLD, NEW);
  }

  @Test
  void rule8TheOldClustersDefinitionIsNotTouched() {
    // Given, When
    Scenario s = Scenario.moving("soak");

    // Then
    ClusterRecord old = s.record().cluster(OLD).orElseThrow();
    assertThat(old.immutable()).containsEntry("metadata.version", "1.36");
    assertThat(s.done(Action.CreateNodegroup.class))
        .extracting(a -> a.cluster().name())
        .containsExactly(OLD, NEW);
  }

  @Test
  void halfAnAccessEntryIsMadeAgainAndNoCompleteCluster() {
    // Given
    Scenario s = Scenario.with(LyingGateways::halfAnAccessEntry);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.done(Action.CreateAccessEntry.class)).hasSizeGreaterThan(1);
    assertThat(s.phase()).isEqualTo("building");
    assertThat(s.said()).contains("access-entries");
  }

  @Test
  void whatIsWrongWithANodeGroupIsToldInTheWordsOfEksAndWithWhatToDo() {
    // Given
    String why = "NodeCreationFailure: Instances failed to join the kubernetes cluster";
    Scenario s = Scenario.calm().commit(Wishes.sample("1.36")).until("nodes", x -> groups(x) == 1);

    // When
    s.somebody().nodesAre(OLD, "main", "CREATE_FAILED", why).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.phase()).isEqualTo("building");
    assertThat(s.said())
        .contains("main is CREATE_FAILED: " + why)
        .contains("aws eks delete-nodegroup --cluster-name shop-1-36-1 --nodegroup-name main");
  }

  @Test
  void aNodeGroupThatCouldNotGrowTakesOtherBounds() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();
    s.somebody().nodesAre(OLD, "main", "DEGRADED", "AsgInstanceLaunchFailures: no capacity");

    // When
    s.commit(Wishes.sample("1.36").more(true)).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done(Action.ScaleNodegroup.class))
        .extracting(a -> a.spec().name(), a -> a.spec().max())
        .containsExactly(tuple("main", 8));
  }

  private static int groups(Scenario s) {
    return s.done(Action.CreateNodegroup.class).size();
  }

  @Test
  void rule9ADifferentImmutableFieldAsksForANewClusterAndIsNamed() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.commit(Wishes.sample("1.37")).pass();

    // Then
    assertThat(s.record().journal())
        .anyMatch(e -> e.text().contains("metadata.version 1.36 → 1.37"));
  }

  @Test
  void rule9AHigherNumberForcesANewCluster() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.commit(Wishes.sample("1.36").number(7)).pass();

    // Then
    assertThat(s.move().to()).isEqualTo("shop-1-36-7");
  }

  @Test
  void rule9TheSameDefinitionIsNoEvent() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.phase()).isEqualTo("gone");
  }

  @Test
  void rule13NothingIsDeletedWithoutApproval() {
    // Given
    Scenario s = Scenario.moving("retiring").forgetDone();

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
    assertThat(s.said()).contains("add " + OLD + " to retire.approved");
  }

  @Test
  void rule13NothingIsDeletedBeforeRetireAfterCountedFromTheDrain() {
    // Given
    Scenario s = Scenario.moving("retiring").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD))).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
  }

  @Test
  void rule13AnOldClusterGoesInOrder() {
    // Given
    Scenario s = Scenario.moving("retiring").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD))).untilPhase("gone");

    // Then
    assertThat(s.done().stream().map(a -> a.getClass().getSimpleName()).distinct())
        .containsExactly(
            "RemoveBalancerObjects",
            "DeleteGroup",
            "DeleteNodegroup",
            "Unprotect",
            "DeleteCluster");
    assertThat(s.clusters()).containsExactly(NEW);
  }

  @Test
  void rule15AThirdClusterWaitsWhileSomebodyHasTheOldSideOnARouteAgain() {
    // Given
    Scenario s =
        Scenario.moving("retiring").somebody().putsBack(OLD, 40).pass().resume(true).pass();

    // When
    s.commit(Wishes.sample("1.38")).pass();

    // Then
    assertThat(s.clusters()).containsExactly(OLD, NEW);
    assertThat(s.said()).contains("traffic-at-home: web has another cluster");

    // Then
    s.until("a third is built", x -> x.clusters().contains("shop-1-38-3"));
    assertThat(s.sides("web").side(OLD)).isEmpty();
  }

  @Test
  void rule15NoMoveBeginsWhileSomebodyHasWhatCameHomeOnARouteAgain() {
    // Given: a home that is too small for the whole, so that the other keeps its share.
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);
    s.commit(Wishes.sample("1.36")).untilPhase("returned").sick(OLD, true);
    s.somebody().putsBack(NEW, 30).pass().resume(true).passes(Duration.ofMinutes(5));

    // When
    s.commit(Wishes.sample("1.38")).resume(false).pass();

    // Then
    assertThat(s.clusters()).containsExactly(OLD, NEW);

    // When
    s.sick(OLD, false);

    // Then
    s.until("a third is built", x -> x.clusters().contains("shop-1-38-3"));
    assertThat(s.sides("web").weight(NEW)).isZero();
  }

  @Test
  void rule13WhatSomebodyGaveShareAgainIsKeptAnewThoughItsDeletionHadBegun() {
    // Given
    Scenario s = Scenario.moving("retiring");
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD)));
    s.until("its load balancers are gone", x -> stage(x).compareTo(Stage.GROUPS) >= 0);

    // When
    s.somebody().putsBack(OLD, 10).passes(Duration.ofMinutes(2)).resume(true);
    s.until("it has no share", x -> x.sides("web").share(OLD) == 0).forgetDone();
    Instant quiet = s.now();
    s.passes(Wishes.sample("1.37").retireAfter().minusMinutes(1));

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
    assertThat(s.said()).contains("no-stray: somebody gave it share again");

    // When
    s.untilPhase("gone");

    // Then
    assertThat(s.now()).isAfter(quiet.plus(Wishes.sample("1.37").retireAfter()));
    assertThat(s.clusters()).containsExactly(NEW);
  }

  private static Stage stage(Scenario s) {
    return s.record().cluster(OLD).orElseThrow().life() instanceof ClusterLife.Retiring r
        ? r.stage()
        : Stage.BALANCERS;
  }

  @Test
  void rule13WhatCannotBeListedIsNotDeleted() {
    // Given
    Scenario s = Scenario.with(LyingGateways::blindToReferences);
    s.commit(Wishes.sample("1.36")).untilPhase("gone");
    s.commit(Wishes.sample("1.37")).untilPhase("retiring").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").approved(Set.of(OLD))).passes(Duration.ofMinutes(20));

    // Then
    assertThat(s.done()).noneMatch(Action.Destructive.class::isInstance);
    assertThat(s.said()).contains("unreferenced").contains("AccessDenied");
  }

  @Test
  void rule13TheServingClusterStaysWhateverIsApproved() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.commit(Wishes.sample("1.36").approved(Set.of(OLD))).passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.clusters()).containsExactly(OLD);
  }

  @Test
  void rule13ARouteThatIsRemovedIsLetGoWithItsWeights() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));

    // When
    s.commit(Wishes.sample("1.36").routes(true, false)).passes(Duration.ofMinutes(2));

    // Then
    assertThat(s.sides("api").share(OLD)).isEqualTo(1);
    assertThat(s.record().route("api").orElseThrow().letGo()).isTrue();
  }

  @Test
  void rule15AThirdWishWaitsAndSaysSo() {
    // Given
    Scenario s = Scenario.moving("stepping");

    // When
    s.commit(Wishes.sample("1.38")).passes(Duration.ofMinutes(3));

    // Then
    assertThat(s.clusters()).containsExactly(OLD, NEW);
    assertThat(s.said()).contains("it waits until the old side of this move is drained");
  }

  @Test
  void rule15NeverMoreThanThreeClusters() {
    // Given
    Scenario s = Scenario.moving("retiring");
    s.commit(Wishes.sample("1.38"))
        .until("on 1.38", sc -> sc.move().to().equals("shop-1-38-3"))
        .untilPhase("retiring");

    // When
    s.commit(Wishes.sample("1.39")).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.clusters()).hasSize(3);
    assertThat(s.said()).contains("three clusters exist");
  }
}
