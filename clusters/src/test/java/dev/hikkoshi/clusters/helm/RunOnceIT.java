package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.chart;
import static dev.hikkoshi.clusters.helm.Charts.deployment;
import static dev.hikkoshi.clusters.helm.Charts.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serving-only work in a real API server with its controllers: paused, let run, proven stopped. */
class RunOnceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Its pods end only when somebody takes the finalizer away, as slow work does. */
  private static final String SLOW =
      deployment("worker", "")
          .replace(
              "metadata: {labels: {app: worker}}",
              "metadata: {labels: {app: worker}, finalizers: [example.com/slow]}");

  private static final String CLOSE_DAY =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: close-day}
      spec:
        schedule: "0 1 1 1 *"
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers: [{name: close, image: "registry.invalid/close:1"}]
      """;

  private static final String SCALER =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: scaled}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: scaled}
        minReplicas: 1
        maxReplicas: 5
        metrics:
          - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
      """;

  @TempDir static Path folder;
  private static Ground ground;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder.resolve("plane"));
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      ground.close();
    }
  }

  private static Wanted once(ReleaseId id, Map<String, String> chart, boolean runs) {
    Wanted all = Charts.wanted(release(id, chart));
    return new Wanted(
        all.appDigest(),
        all.facts(),
        all.releases(),
        all.left(),
        all.backends(),
        all.readOnly(),
        new ServingOnly(Set.of(id), Set.of(), runs));
  }

  private static List<String> working(Wanted wanted) {
    Observation<List<String>> seen = ground.see(wanted).working();
    assertThat(seen).isInstanceOf(Known.class);
    return ((Known<List<String>>) seen).value();
  }

  private static int replicas(ReleaseId id, String name) {
    return ground.json("deployment", name, "-n", id.namespace()).at("/spec/replicas").asInt(-1);
  }

  @Test
  void itIsAppliedPausedRunsWhenItMayAndHasStoppedOnlyWhenItsPodsAreGone() {
    // Given
    ReleaseId id = new ReleaseId("once", "jobs");
    var files = chart("jobs", "templates/w.yaml", SLOW, "templates/c.yaml", CLOSE_DAY);
    Wanted paused = once(id, files, false);
    Wanted runs = once(id, files, true);

    // When
    ground.sync(paused, id);

    // Then
    assertThat(replicas(id, "worker")).isZero();
    assertThat(suspended(id)).isTrue();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(working(paused)).isEmpty());
    InsideSeen.ReleaseSeen quiet = ground.see(paused, id);
    assertThat(quiet.synced()).isTrue();
    assertThat(quiet.drifted()).isEmpty();

    // When
    assertThat(ground.see(runs, id).synced()).as("letting it run is another wish").isFalse();
    ground.sync(runs, id);

    // Then
    assertThat(replicas(id, "worker")).isEqualTo(2);
    assertThat(suspended(id)).isFalse();
    assertThat(working(runs)).hasSize(2);
    assertThat(ground.helm("get", "manifest", "jobs", "-n", "once")).doesNotContain("paused");
    await().atMost(PATIENCE).until(() -> pods(id).size() == 2);

    // When
    ground.sync(paused, id);

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(working(paused))
                    .singleElement()
                    .satisfies(w -> assertThat(w).contains("worker", "2 pods are left")));
    pods(id).forEach(pod -> free(id, pod));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(working(paused)).isEmpty());
    assertThat(ground.helm("get", "manifest", "jobs", "-n", "once")).contains("paused");
  }

  @Test
  void aJobThatASuspendedCronJobStartedIsWaitedFor() {
    // Given
    ReleaseId id = new ReleaseId("cron", "cron");
    Wanted paused = once(id, chart("cron", "templates/c.yaml", CLOSE_DAY), false);
    ground.sync(paused, id);
    ground.kubectl("create", "job", "--from=cronjob/close-day", "running", "-n", "cron");

    // When, Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(working(paused))
                    .singleElement()
                    .satisfies(w -> assertThat(w).contains("its job running still runs")));
    ground.kubectl("delete", "job", "running", "-n", "cron");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(working(paused)).isEmpty());
  }

  @Test
  void whatAnAutoscalerScalesStartsAgainFromWhatTheChartSays() {
    // Given: an autoscaler leaves a workload of no replicas alone, so it would never start again.
    ReleaseId id = new ReleaseId("scaled", "scaled");
    var files =
        chart("scaled", "templates/d.yaml", deployment("scaled", ""), "templates/h.yaml", SCALER);
    Wanted runs = once(id, files, true);
    Wanted paused = once(id, files, false);
    ground.sync(runs, id);
    assertThat(replicas(id, "scaled")).isEqualTo(2);

    // When
    ground.sync(paused, id);
    assertThat(replicas(id, "scaled")).isZero();
    assertThat(ground.see(paused, id).drifted()).isEmpty();
    ground.sync(runs, id);

    // Then
    assertThat(replicas(id, "scaled")).isEqualTo(2);
    assertThat(ground.see(runs, id).drifted()).isEmpty();
  }

  private static boolean suspended(ReleaseId id) {
    return ground
        .json("cronjob", "close-day", "-n", id.namespace())
        .at("/spec/suspend")
        .asBoolean();
  }

  private static List<String> pods(ReleaseId id) {
    return ground.json("pods", "-n", id.namespace()).path("items").findValues("metadata").stream()
        .map(m -> m.path("name").asText())
        .filter(name -> name.startsWith("worker-"))
        .distinct()
        .toList();
  }

  private static void free(ReleaseId id, String pod) {
    ground.kubectl(
        "patch",
        "pod",
        pod,
        "-n",
        id.namespace(),
        "--type=merge",
        "-p",
        "{\"metadata\":{\"finalizers\":null}}");
  }
}
