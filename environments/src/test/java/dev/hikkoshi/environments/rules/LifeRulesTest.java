package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The life of an environment: clusters that never served, its end, another name. */
class LifeRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";
  private static final Stance ENDS = new Stance(Optional.empty(), true, false);

  private static Stance renamedFrom(String name) {
    return new Stance(Optional.of(name), false, false);
  }

  @Test
  void aClusterThatNeverServedGoesAfterAbandonAfterWithoutApproval() {
    // Given
    Scenario s = Scenario.moving("syncing");

    // When
    s.commit(Wishes.sample("1.36").abandonAfter(Duration.ofHours(1))).untilPhase("returned");
    s.passes(Duration.ofMinutes(50));

    // Then
    assertThat(s.clusters()).containsExactly(OLD, NEW);
    assertThat(s.said()).contains(NEW + " never served and goes then, without approval");

    // When
    s.until("it is gone", gone -> !gone.clusters().contains(NEW));

    // Then
    assertThat(s.clusters()).containsExactly(OLD);
  }

  @Test
  void theLastClusterStaysThoughItNeverServedUntilAnotherOneIsThere() {
    // Given
    AtomicBoolean full = new AtomicBoolean(true);
    Scenario s = Scenario.with(g -> LyingGateways.withoutRoomFor(g, "1.37", full::get));
    s.commit(Wishes.sample("1.36")).untilPhase("syncing");

    // When
    s.commit(Wishes.sample("1.37").abandonAfter(Duration.ofMinutes(1)));
    s.passes(Duration.ofHours(1));

    // Then
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.said())
        .contains("not-the-last: it is the environment's last cluster: it goes once another one");

    // When
    full.set(false);
    s.until("it is gone", gone -> !gone.clusters().contains(OLD));

    // Then
    assertThat(s.clusters()).containsExactly(NEW);
  }

  @Test
  void aClusterThatServedWaitsForApprovalHoweverLongAgoThatWas() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5);

    // When
    s.commit(Wishes.sample("1.36").abandonAfter(Duration.ofMinutes(1))).untilPhase("returned");
    s.passes(Duration.ofHours(1));

    // Then
    assertThat(s.record().cluster(NEW).orElseThrow().life())
        .isInstanceOf(ClusterLife.Abandoned.class);
    assertThat(s.said()).contains("add " + NEW + " to retire.approved to let it go");
  }

  @Test
  void aDecommissionedEnvironmentKeepsItsClustersWhileAnythingNamesThem() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).forgetDone();

    // When
    s.commit(Wishes.sample("1.36").stance(ENDS)).passes(Duration.ofHours(1));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.clusters()).containsExactly(OLD);
    assertThat(s.said()).contains("decommissioned: it goes once no record and no rule names it");
  }

  @Test
  void aDecommissionedEnvironmentEndsWithItsLastClusterWhenNothingNamesIt() {
    // Given
    Scenario s = Scenario.moving("soak").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").stance(ENDS)).somebody().clearsRoutes();
    s.until("no cluster is left", end -> end.clusters().isEmpty()).passes(Duration.ofMinutes(1));

    // Then
    assertThat(s.record().existing()).isZero();
    assertThat(s.done(Action.TrafficWrite.class)).isEmpty();
    assertThat(s.done(Action.CreateCluster.class)).isEmpty();
    assertThat(s.said()).contains("decommissioned: no cluster of it is left");
  }

  @Test
  void aRenamedEnvironmentKeepsItsClustersAndMovesWithThem() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).tagged("store").forgetDone();

    // When
    s.commit(Wishes.sample("1.36").stance(renamedFrom("store"))).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.phase()).isEqualTo("gone");
  }

  @Test
  void withoutTheFormerNameItsClustersAreMissedAndNothingIsBuiltInTheirPlace() {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36")).tagged("store").forgetDone();

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done()).isEmpty();
    assertThat(s.said()).contains("EKS does not have it any more");
  }

  @Test
  void aThirdWishWaitsWhileTwoClustersHaveTraffic() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 25).forgetDone();

    // When
    s.commit(Wishes.sample("1.38")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.CreateCluster.class)).isEmpty();
    assertThat(s.said()).contains("it waits until the old side of this move is drained");
  }
}
