package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charts synced into a real API server, and then synced again: no object of any kind is written.
 *
 * <p>Charts that register webhooks or API services are left out: the API server would dial their
 * cluster addresses, which belong to somebody else where a test runs.
 */
class TwiceIT {

  private static final Map<String, Map<String, Object>> OWN =
      Map.of(
          "passwords", Map.of("tls", true, "stamp", true),
          "migrating", Map.of(),
          "kube-prometheus-stack",
              Map.of("prometheusOperator", Map.of("admissionWebhooks", Map.of("enabled", false))));

  /**
   * Public ones, with the values without which they refuse. Not the one that brings the CRDs of
   * Prometheus: our own stack has them in {@code crds/}, and a release must not take them over.
   */
  private static final Map<String, Map<String, Object>> PUBLISHED =
      Map.of(
          "podinfo", Map.of(),
          "kube-state-metrics", Map.of(),
          "external-dns", Map.of("policy", "upsert-only"),
          "alertmanager", Map.of(),
          "prometheus-node-exporter", Map.of(),
          "prometheus-blackbox-exporter", Map.of(),
          "prometheus-pushgateway", Map.of(),
          "aws-vpc-cni", Map.of());

  @TempDir static Path folder;
  private static Ground ground;
  private static PodPlayer pods;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
    pods = new PodPlayer(ground.api(), "");
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      pods.close();
      ground.close();
    }
  }

  @Test
  void aSecondSyncWritesNothing() throws IOException {
    // Given
    Wanted wanted = wanted(releases().toArray(new WantedRelease[0]));
    wanted.releases().forEach(release -> untilSynced(wanted, release.id()));
    String before = settled();

    // When
    InsideSeen seen;
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      HelmInside another = ground.inside(clients);
      another.see(ground.cluster, wanted);
      wanted.releases().forEach(r -> another.sync(ground.cluster, wanted, r.id()));
      seen = another.see(ground.cluster, wanted).known().orElseThrow();
    }

    // Then
    assertThat(versions()).isEqualTo(before);
    seen.releases()
        .forEach(
            (id, release) -> {
              assertThat(release.synced()).as("%s is synced", id).isTrue();
              assertThat(release.drifted()).as("drift of %s", id).isEmpty();
            });
    long objects = before.lines().count();
    assertThat(objects).isGreaterThan(100);
    Files.createDirectories(Path.of("target/evidence"));
    Files.writeString(
        Path.of("target/evidence/twice.sum"),
        "releases %d objects %d writes 0%n".formatted(wanted.releases().size(), objects));
  }

  private static List<WantedRelease> releases() throws IOException {
    List<WantedRelease> releases = new ArrayList<>();
    for (String chart : OWN.keySet()) {
      releases.add(release(ChartFolders.own(chart), OWN.get(chart)));
    }
    for (Path chart : ChartFolders.published()) {
      Map<String, Object> values = PUBLISHED.get(chart.getFileName().toString());
      if (values != null) {
        releases.add(release(chart, values));
      }
    }
    return releases;
  }

  private static WantedRelease release(Path chart, Map<String, Object> values) throws IOException {
    ReleaseId id = new ReleaseId("system", chart.getFileName().toString());
    return Charts.whole(id, ChartFolders.read(chart), values(values));
  }

  private static void untilSynced(Wanted wanted, ReleaseId id) {
    Awaitility.await("sync of " + id)
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              if (!(ground.see(wanted, id).work() instanceof Work.Free)) {
                return false;
              }
              Outcome outcome = ground.inside.sync(ground.cluster, wanted, id);
              assertThat(outcome).as("sync of %s", id).isNotInstanceOf(Outcome.Refused.class);
              return outcome instanceof Outcome.Done d && !d.facts().containsKey("waits");
            });
  }

  /** Until the controllers have done what they do with new objects. */
  private static String settled() {
    List<String> last = new ArrayList<>(List.of(""));
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              String now = versions();
              boolean same = now.equals(last.getFirst());
              last.set(0, now);
              return same ? now : "";
            },
            text -> !text.isEmpty());
  }

  /** Every object of every kind with its version; events and leases come and go by themselves. */
  private static String versions() {
    String kinds =
        Arrays.stream(ground.kubectl("api-resources", "--verbs=list", "-o", "name").split("\\s+"))
            .filter(kind -> !kind.startsWith("events") && !kind.startsWith("leases"))
            .filter(kind -> !kind.equals("componentstatuses"))
            .collect(Collectors.joining(","));
    return ground.kubectl(
        "get",
        kinds,
        "-A",
        "-o",
        "jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}"
            + " {.metadata.resourceVersion}{\"\\n\"}{end}");
  }
}
