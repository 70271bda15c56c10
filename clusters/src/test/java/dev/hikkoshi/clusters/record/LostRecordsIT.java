package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.simulator.SimulatedRegion;
import dev.hikkoshi.environments.simulator.Wishes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody deletes every object of ours while an environment serves. */
class LostRecordsIT {

  private static final int MOST_PASSES = 400;
  private static final int PASSES_AFTER = 30;

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static Management management;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    management = Management.connect(Optional.of(plane.kubeconfig()), Optional.empty());
    new Definitions(management).install();
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      plane.close();
    }
  }

  @Test
  void losingAllDefinitionsWritesNothing() {
    // Given
    SimulatedRegion region = new SimulatedRegion(3);
    Pass pass = pass(region);
    serve(region, pass);
    Sides web = region.web();
    Sides api = region.api();
    SortedSet<String> clusters = region.clusters();

    // When
    plane.kubectl(
        "",
        "delete",
        "crd",
        "environments.hikkoshi.dev",
        "clusters.hikkoshi.dev",
        "moves.hikkoshi.dev");
    Wish next = Wish.of(Wishes.sample("1.37").desired());
    assertThatExceptionOfType(RecordStore.RecordException.class)
        .isThrownBy(() -> pass.run(next))
        .withMessageContaining("definitions");
    new Definitions(management).install();

    // Then
    for (int i = 0; i < PASSES_AFTER; i++) {
      Pass.Report report = pass.run(next);
      assertThat(report.done()).isEmpty();
      region.pass(Duration.ofMinutes(2));
    }
    assertThat(region.clusters()).isEqualTo(clusters);
    assertThat(region.web()).isEqualTo(web);
    assertThat(region.api()).isEqualTo(api);
  }

  /** Until the first cluster has all traffic and nothing is left to do. */
  private static void serve(SimulatedRegion region, Pass pass) {
    Wish wish = Wish.of(Wishes.sample("1.36").desired());
    int quiet = 0;
    for (int i = 0; i < MOST_PASSES && quiet < 5; i++) {
      boolean rest = pass.run(wish).done().isEmpty();
      boolean serves = region.web().total() > 0 && region.api().total() > 0;
      quiet = rest && serves ? quiet + 1 : 0;
      region.pass(Duration.ofSeconds(20));
    }
    assertThat(quiet).isEqualTo(5);
  }

  private static Pass pass(SimulatedRegion region) {
    return new Pass(
        region.gateways(),
        new Observer(region.gateways(), Runnable::run),
        new Mirrored(new KubeRecordStore(management, () -> 1), region.records()),
        region.clock(),
        () -> true);
  }

  /** The record is in Kubernetes; the region's own rules look at a copy. */
  private record Mirrored(RecordStore kube, RecordStore copy) implements RecordStore {

    @Override
    public Loaded load(String environment) {
      return kube.load(environment);
    }

    @Override
    public String save(EnvironmentRecord record, String version) {
      String next = kube.save(record, version);
      copy.save(record, copy.load(record.environment()).version());
      return next;
    }

    @Override
    public void forget(String environment, String version) {
      kube.forget(environment, version);
      copy.forget(environment, copy.load(environment).version());
    }
  }
}
