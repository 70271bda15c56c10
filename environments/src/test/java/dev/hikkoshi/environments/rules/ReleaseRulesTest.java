package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a release in work means to the rest. */
class ReleaseRulesTest {

  private static final String OLD = "shop-1-36-1";

  private final AtomicReference<Work> work = new AtomicReference<>(new Work.Free());

  private Gateways busy(Gateways g) {
    return new Gateways(
        g.identity(),
        g.eks(),
        new BusyInside(g.inside(), work::get),
        g.dns(),
        g.balancers(),
        g.metrics(),
        g.freezes());
  }

  private Scenario stepping() {
    return Scenario.with(this::busy)
        .commit(Wishes.sample("1.36"))
        .untilPhase("gone")
        .commit(Wishes.sample("1.37"))
        .untilPhase("stepping")
        .untilShare("web", 25)
        .forgetDone();
  }

  @Test
  void aHookThatRunsIsWaitedForAndStandsInNobodysWayHome() {
    // Given
    Scenario s = stepping();

    // When
    work.set(new Work.Waits("pre-upgrade hook batch/v1/Job/web/migrate runs"));
    s.commit(Wishes.sample("1.37").app("a2")).passes(Duration.ofSeconds(30));

    // Then
    assertThat(s.done(Action.SyncRelease.class)).isEmpty();
    assertThat(s.said()).contains("Job/web/migrate runs");

    // When
    s.commit(Wishes.sample("1.36").app("a2")).passes(Duration.ofSeconds(30));

    // Then
    assertThat(s.sides("web").share(OLD)).isEqualTo(1);
  }

  @Test
  void whatWasGivenUpIsNotTriedAgainUntilOtherManifestsAreWanted() {
    // Given
    Scenario s = stepping();

    // When
    work.set(new Work.GivenUp("revision 7 failed and was rolled back"));
    s.commit(Wishes.sample("1.37").app("a2")).passes(Duration.ofMinutes(5));

    // Then
    assertThat(s.done(Action.SyncRelease.class)).isEmpty();
    assertThat(s.said()).contains("not-given-up").contains("revision 7 failed");

    // When
    work.set(new Work.Free());
    s.commit(Wishes.sample("1.37").app("a3")).passes(Duration.ofSeconds(30));

    // Then
    assertThat(s.done(Action.SyncRelease.class)).isNotEmpty();
  }
}
