package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.ForwardingInside;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release that the helmfile has no longer goes, if we installed it and nothing is at work. */
class UninstallRulesTest {

  private static final ReleaseId LEFT_OVER = new ReleaseId("web", "search");

  private boolean there = true;
  private boolean ours = true;
  private Work work = new Work.Free();

  /** In every cluster one release more, which no helmfile names. */
  private final class WithLeftOver extends ForwardingInside {

    WithLeftOver(Gateways g) {
      super(g.inside());
    }

    @Override
    public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
      return super.see(cluster, wanted).map(seen -> there ? with(seen) : seen);
    }

    private InsideSeen with(InsideSeen seen) {
      Map<ReleaseId, ReleaseSeen> releases = new HashMap<>(seen.releases());
      releases.put(
          LEFT_OVER,
          new ReleaseSeen(
              LEFT_OVER,
              Optional.empty(),
              Optional.of(new RevisionSeen(3, "deployed", "h", ours, Instant.EPOCH)),
              new Health.Healthy(),
              List.of(),
              Optional.empty(),
              work,
              List.of()));
      return new InsideSeen(
          seen.kubernetesVersion(), releases, seen.backends(), seen.working(), seen.ends());
    }

    @Override
    public Outcome uninstall(ClusterSeen cluster, ReleaseId release) {
      there = false;
      return super.uninstall(cluster, release);
    }
  }

  private Scenario serving() {
    return Scenario.with(g -> g.with(new WithLeftOver(g)))
        .commit(Wishes.sample("1.36"))
        .untilPhase("gone")
        .passes(Duration.ofMinutes(5));
  }

  @Test
  void whatWeInstalledGoesOnce() {
    // Given, When
    Scenario s = serving();

    // Then
    assertThat(s.done(Action.UninstallRelease.class))
        .singleElement()
        .satisfies(u -> assertThat(u.release()).isEqualTo(LEFT_OVER))
        .satisfies(u -> assertThat(u.why()).contains("not wanted any more"));
  }

  @Test
  void whatSomebodyElseInstalledStays() {
    // Given
    ours = false;

    // When
    Scenario s = serving();

    // Then
    assertThat(s.done(Action.UninstallRelease.class)).isEmpty();
  }

  @Test
  void whatIsAtWorkIsWaitedFor() {
    // Given
    work = new Work.Waits("pre-upgrade hook batch/v1/Job/web/migrate runs");

    // When
    Scenario s = serving();

    // Then
    assertThat(s.done(Action.UninstallRelease.class)).isEmpty();
    assertThat(s.said()).contains("Job/web/migrate runs");

    // When, Then
    work = new Work.Free();
    s.passes(Duration.ofMinutes(1));
    assertThat(s.done(Action.UninstallRelease.class)).hasSize(1);
  }
}
