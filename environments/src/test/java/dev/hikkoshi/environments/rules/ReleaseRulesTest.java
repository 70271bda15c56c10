package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

  @Test
  void everyReleaseThatDoesNotRenderIsToldAtOnceWithItsPlace() {
    // Given
    AtomicBoolean broken = new AtomicBoolean();
    Scenario s =
        Scenario.with(
                g ->
                    new Gateways(
                        g.identity(),
                        g.eks(),
                        new UnrenderedInside(g.inside(), broken::get),
                        g.dns(),
                        g.balancers(),
                        g.metrics(),
                        g.freezes()))
            .commit(Wishes.sample("1.36"))
            .untilPhase("gone");

    // When
    broken.set(true);
    Wishes wish = Wishes.sample("1.36").app("a2");
    s.commit(wish).passes(Duration.ofSeconds(10));
    EnvironmentView view =
        EnvironmentView.of(Wish.of(wish.desired()), s.observed(), s.plan(), s.now());

    // Then
    List<String> problems =
        Stream.of(Wishes.APP, Wishes.CONTROLLER)
            .sorted()
            .map(id -> id + ": " + UnrenderedInside.problem(id))
            .toList();
    assertThat(view.banner().why())
        .isEqualTo("2 releases do not render: " + String.join("; ", problems));
    assertThat(view.releases().stream().map(r -> r.release() + ": " + r.problem()))
        .containsExactlyElementsOf(problems);
  }
}
