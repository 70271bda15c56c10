package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Public charts, unchanged, in a real API server. They are no part of the project: the environment
 * variable {@code HIKKOSHI_TEST_CHARTS} names a folder that has them.
 *
 * <p>Charts that register webhooks or API services are rendered but not applied: the API server
 * would dial their cluster addresses, which belong to somebody else where a test runs.
 */
class RealChartsIT {

  private static final String FOLDER = "HIKKOSHI_TEST_CHARTS";
  private static final List<String> APPLIED =
      List.of(
          "podinfo",
          "kube-state-metrics",
          "external-dns",
          "alertmanager",
          "prometheus-node-exporter",
          "prometheus-blackbox-exporter",
          "prometheus-pushgateway",
          "prometheus-operator-crds",
          "aws-vpc-cni");

  /** Values without which a chart refuses. */
  private static final Map<String, Map<String, Object>> NEEDED =
      Map.of("external-dns", Map.of("policy", "upsert-only"));

  @TempDir static Path folder;
  private static Ground ground;
  private static Path charts;

  @BeforeAll
  static void start() throws IOException {
    String named = System.getenv(FOLDER);
    assumeTrue(named != null && Files.isDirectory(Path.of(named)), FOLDER + " names no folder");
    charts = Path.of(named);
    ground = Ground.start(folder);
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      ground.close();
    }
  }

  private static WantedRelease release(String chart, Map<String, Object> values)
      throws IOException {
    Path root = charts.resolve(chart);
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return new WantedRelease(
        new ReleaseId("system", chart),
        // Not waited for: there are no nodes here on which anything could become ready.
        ReleaseSettings.HELMFILE.withHistoryMax(3),
        new ChartSource.Folder("charts/" + chart, files),
        List.of(values(values)));
  }

  @Test
  void publicChartsAreSyncedOnceAndThenNothingDiffers() throws IOException {
    // Given
    List<WantedRelease> releases = new ArrayList<>();
    for (String chart : APPLIED) {
      releases.add(release(chart, NEEDED.getOrDefault(chart, Map.of())));
    }
    Wanted wanted = wanted(releases.toArray(new WantedRelease[0]));
    ground.see(wanted);

    // When
    releases.forEach(r -> ground.sync(wanted, r.id()));

    // Then
    InsideSeen seen = ground.see(wanted);
    for (WantedRelease release : releases) {
      ReleaseSeen one = Ground.release(seen, release.id());
      assertThat(one.synced()).as("%s is synced", release.id()).isTrue();
      assertThat(one.drifted()).as("drift of %s", release.id()).isEmpty();
    }
    String listed = ground.helm("ls", "-n", "system");
    APPLIED.forEach(chart -> assertThat(listed).contains(chart));
    anotherControllerFindsNothingToDo(wanted);
    System.out.printf("a look at %d idle releases: %s%n", releases.size(), idle(wanted));
  }

  /** One that starts with empty caches, as after a crash. */
  private static void anotherControllerFindsNothingToDo(Wanted wanted) {
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      InsideSeen seen = ground.inside(clients).see(ground.cluster, wanted).known().orElseThrow();
      seen.releases()
          .values()
          .forEach(
              release -> {
                assertThat(release.synced()).as("%s is synced", release.id()).isTrue();
                assertThat(release.drifted()).as("drift of %s", release.id()).isEmpty();
              });
    }
  }

  /** For the log; nothing is asserted of times. */
  private static Duration idle(Wanted wanted) {
    int passes = 50;
    long start = System.nanoTime();
    for (int i = 0; i < passes; i++) {
      ground.see(wanted);
    }
    return Duration.ofNanos((System.nanoTime() - start) / passes);
  }

  @Test
  void certificatesThatAChartMakesAreNoDifference() throws IOException {
    // Given
    Wanted wanted =
        wanted(
            release("aws-load-balancer-controller", Map.of("clusterName", "shop")),
            release("keda", Map.of()));

    // When
    Map<ReleaseId, String> once =
        ground.inside.manifests(ground.cluster, wanted).known().orElseThrow();
    Map<ReleaseId, String> again;
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      again = ground.inside(clients).manifests(ground.cluster, wanted).known().orElseThrow();
    }

    // Then
    assertThat(once).hasSize(2).isEqualTo(again);
  }
}
