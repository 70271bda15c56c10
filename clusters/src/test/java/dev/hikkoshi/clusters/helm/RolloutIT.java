package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.chart;
import static dev.hikkoshi.clusters.helm.Charts.configMap;
import static dev.hikkoshi.clusters.helm.Charts.deployment;
import static dev.hikkoshi.clusters.helm.Charts.release;
import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting, {@code atomic}, {@code cleanupOnFail} and the limit of the history. */
class RolloutIT {

  /** With {@code bad}, an object of a kind that nobody serves, after one that is new. */
  private static final SortedMap<String, String> FRAGILE =
      chart(
          "web",
          "templates/a.yaml",
          configMap("a", "v: \"{{ .Values.v }}\""),
          "templates/b.yaml",
          "{{ if .Values.bad }}"
              + configMap("fresh", "v: v")
              + "---\napiVersion: none.example.com/v1\nkind: None\nmetadata: {name: x}\n{{ end }}");

  @TempDir static Path folder;
  private static Ground ground;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      ground.close();
    }
  }

  private static ReleaseSettings settings(
      boolean wait, boolean atomic, boolean cleanup, int historyMax) {
    return new ReleaseSettings(
        true,
        wait,
        false,
        Duration.ofMinutes(5),
        atomic,
        cleanup,
        historyMax,
        false,
        false,
        Optional.empty());
  }

  private static Wanted fragile(ReleaseId id, ReleaseSettings settings, String v, boolean bad) {
    WantedRelease plain = release(id, FRAGILE, values(Map.of("v", v, "bad", bad)));
    return wanted(
        new WantedRelease(
            id, settings, plain.labels(), plain.chart(), plain.values(), plain.templating()));
  }

  private static String value(String namespace) {
    return ground.json("configmap", "a", "-n", namespace).at("/data/v").asText();
  }

  @Test
  void atomicGoesBackToTheLastDeployedRevisionAndTriesOnlyOtherManifests() {
    // Given
    ReleaseId id = new ReleaseId("atomic", "web");
    ReleaseSettings atomic = settings(false, true, false, 10);
    ground.sync(fragile(id, atomic, "1", false), id);
    Wanted bad = fragile(id, atomic, "2", true);

    // When
    Outcome outcome = ground.inside.sync(ground.cluster, bad, id);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            r -> {
              assertThat(r.code()).isEqualTo("RolledBack");
              assertThat(r.message()).contains("revision 2 failed", "serves no none.example.com");
            });
    assertThat(value("atomic")).isEqualTo("1");
    assertThat(ground.exists("configmap", "fresh", "atomic")).isFalse();
    assertThat(ground.helm("history", "web", "-n", "atomic"))
        .containsSubsequence("superseded", "failed", "deployed", "Rollback to 1");
    assertThat(ground.see(bad, id).work())
        .isInstanceOfSatisfying(
            Work.GivenUp.class, w -> assertThat(w.why()).contains("revision 2 failed"));
    assertThat(ground.inside.sync(ground.cluster, bad, id)).isInstanceOf(Outcome.Refused.class);
    assertThat(ground.helm("history", "web", "-n", "atomic")).doesNotContain("\n4");

    // When
    Wanted good = fragile(id, atomic, "3", false);
    assertThat(ground.see(good, id).work()).isInstanceOf(Work.Free.class);
    int revision = ground.sync(good, id);

    // Then
    assertThat(revision).isEqualTo(4);
    assertThat(value("atomic")).isEqualTo("3");
    assertThat(ground.see(good, id).synced()).isTrue();
  }

  @Test
  void aRevertOfWhatWasGivenUpIsSyncedAlready() {
    // Given
    ReleaseId id = new ReleaseId("reverted", "web");
    ReleaseSettings atomic = settings(false, true, false, 10);
    Wanted good = fragile(id, atomic, "1", false);
    ground.sync(good, id);
    ground.inside.sync(ground.cluster, fragile(id, atomic, "2", true), id);

    // When
    boolean synced = ground.see(good, id).synced();

    // Then
    assertThat(synced).isTrue();
    assertThat(ground.sync(good, id)).isEqualTo(3);
  }

  @Test
  void anAtomicInstallationThatFailsIsUninstalled() {
    // Given
    ReleaseId id = new ReleaseId("undone", "web");
    Wanted bad = fragile(id, settings(false, true, false, 10), "1", true);

    // When
    Outcome outcome = ground.inside.sync(ground.cluster, bad, id);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            r -> assertThat(r.message()).contains("revision 1 failed and was uninstalled"));
    assertThat(ground.exists("configmap", "a", "undone")).isFalse();
    assertThat(ground.helm("ls", "-n", "undone")).doesNotContain("web");
  }

  @Test
  void cleanupOnFailTakesAwayWhatTheFailedUpgradeBrought() {
    // Given
    ReleaseId id = new ReleaseId("cleaned", "web");
    ReleaseId plain = new ReleaseId("not-cleaned", "web");
    ground.sync(fragile(id, settings(false, false, true, 10), "1", false), id);
    ground.sync(fragile(plain, settings(false, false, false, 10), "1", false), plain);

    // When
    ground.inside.sync(
        ground.cluster, fragile(id, settings(false, false, true, 10), "2", true), id);
    ground.inside.sync(
        ground.cluster, fragile(plain, settings(false, false, false, 10), "2", true), plain);

    // Then
    assertThat(ground.exists("configmap", "fresh", "cleaned")).isFalse();
    assertThat(ground.exists("configmap", "fresh", "not-cleaned")).isTrue();
    assertThat(value("cleaned")).isEqualTo("2");
    assertThat(ground.helm("history", "web", "-n", "cleaned")).contains("failed");
  }

  @Test
  void onlySoManyRevisionsAreKeptAndTheDeployedOneAlways() {
    // Given
    ReleaseId id = new ReleaseId("bounded", "web");
    ReleaseSettings three = settings(false, false, false, 3);

    // When
    for (int v = 1; v <= 5; v++) {
      ground.sync(fragile(id, three, "v" + v, false), id);
    }

    // Then
    assertThat(ground.helm("history", "web", "-n", "bounded"))
        .containsSubsequence("\n3", "\n4", "\n5")
        .doesNotContain("\n2");
    assertThat(value("bounded")).isEqualTo("v5");
  }

  @Test
  void withWaitARevisionIsDeployedWhenItsObjectsAreReadyAndFailsAfterItsTimeout() {
    // Given
    ReleaseId id = new ReleaseId("waits", "web");
    WantedRelease plain =
        release(id, chart("web", "templates/d.yaml", deployment("web", "")), values(Map.of()));
    Wanted wanted =
        wanted(
            new WantedRelease(
                id,
                settings(true, false, false, 10),
                plain.labels(),
                plain.chart(),
                plain.values(),
                plain.templating()));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      HelmInside inside = ground.inside(clients, now::get);

      // When
      Outcome first = inside.sync(ground.cluster, wanted, id);

      // Then
      assertThat(((Outcome.Done) first).facts().get("waits")).contains("Deployment/waits/web");
      assertThat(work(inside, wanted, id)).isInstanceOf(Work.Waits.class);
      assertThat(ground.helm("status", "web", "-n", "waits")).contains("pending-install");

      // When
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(6)));
      Outcome late = inside.sync(ground.cluster, wanted, id);

      // Then
      assertThat(((Outcome.Refused) late).message()).contains("not ready after PT5M");
      assertThat(ground.helm("status", "web", "-n", "waits")).contains("failed");
      assertThat(work(inside, wanted, id)).isInstanceOf(Work.Waits.class);

      // When
      ground.kubectl("scale", "deployment", "web", "--replicas=0", "-n", "waits");
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> work(inside, wanted, id) instanceof Work.Free);
      Outcome ready = inside.sync(ground.cluster, wanted, id);

      // Then
      assertThat(ready).isInstanceOf(Outcome.Done.class);
      assertThat(ground.helm("status", "web", "-n", "waits")).contains("deployed");
    }
  }

  private static Work work(HelmInside inside, Wanted wanted, ReleaseId id) {
    return Ground.release(inside.see(ground.cluster, wanted).known().orElseThrow(), id).work();
  }
}
