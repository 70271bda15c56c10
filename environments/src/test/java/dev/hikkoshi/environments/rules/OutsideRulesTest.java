package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 0: an effect outside the cluster is classified before anything of it is applied. */
class OutsideRulesTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static Wishes classified(String version) {
    Outside twice =
        new Outside.OfRelease(Wishes.APP, Outside.As.HARMLESS, "it may close the day twice");
    return Wishes.sample(version).outside(List.of(twice));
  }

  /** The app has a CronJob, whatever anybody says of it. */
  private static Gateways withCronJob(Gateways g) {
    return g.with(
        new ForwardingInside(g.inside()) {
          @Override
          public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
            return super.see(cluster, wanted)
                .map(inside -> LyingGateways.rendering(inside, Wishes.APP, Wishes.closeDay()));
          }
        });
  }

  private static List<String> syncedIn(Scenario s) {
    return s.done(Action.SyncRelease.class).stream()
        .map(sync -> sync.cluster().name())
        .distinct()
        .toList();
  }

  @Test
  void rule0NothingIsAppliedToTheFirstClusterBeforeItIsClassified() {
    // Given
    Scenario s = Scenario.with(OutsideRulesTest::withCronJob);

    // When
    s.commit(Wishes.sample("1.36")).passes(Duration.ofMinutes(30));

    // Then
    assertThat(syncedIn(s)).isEmpty();
    assertThat(s.phase()).isEqualTo("syncing");
    assertThat(s.said()).contains("outside-effects").contains("CronJob").contains("close-day");

    // When, Then
    s.commit(classified("1.36")).untilPhase("gone");
  }

  @Test
  void rule0NothingIsAppliedToTheNextClusterAndTheServingOneGoesOn() {
    // Given
    Scenario s = Scenario.with(OutsideRulesTest::withCronJob);
    s.commit(classified("1.36")).untilPhase("gone").forgetDone();

    // When
    s.commit(Wishes.sample("1.37").app("a2")).passes(Duration.ofMinutes(30));

    // Then
    assertThat(syncedIn(s)).containsExactly(OLD);
    assertThat(s.phase()).isEqualTo("syncing");
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);

    // When, Then
    s.commit(classified("1.37").app("a2")).untilPhase("soak");
    assertThat(s.sides("web").share(NEW)).isEqualTo(1);
  }
}
