package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.chart;
import static dev.hikkoshi.clusters.helm.Charts.configMap;
import static dev.hikkoshi.clusters.helm.Charts.release;
import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedHook.Phase;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm's hooks in a real API server with its Job controller. */
class HooksIT {

  private static final String MAIN = configMap("main", "v: \"{{ .Values.v }}\"");

  private static final String PRINTED =
      "table orders: no such column\nconnected as app with s3cret-of-the-pod, other-s3cret\n";

  @TempDir static Path folder;
  private static Ground ground;
  private static PodPlayer pods;
  private static LogPlayer logs;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
    logs = new LogPlayer(ground.api(), folder.resolve("kubelet"), PRINTED);
    pods = new PodPlayer(ground.api(), LogPlayer.NODE);
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      pods.close();
      logs.close();
      ground.close();
    }
  }

  /** A Job that runs an image once. */
  private static String job(String name, String events, String more, String image) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: %s
          annotations:
            helm.sh/hook: "%s"
            %s
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers: [{name: c, image: "registry.invalid/%s"}]
        """
        .formatted(name, events, more, image);
  }

  private static Wanted wish(ReleaseId id, SortedMap<String, String> chart, String v) {
    return wanted(release(id, chart, values(Map.of("v", v))));
  }

  /** Syncs as the controller does: only when nothing has to be waited for. */
  private static Outcome.Done untilDone(Wanted wanted, ReleaseId id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                ground.see(wanted, id).work() instanceof Work.Free
                        && ground.inside.sync(ground.cluster, wanted, id) instanceof Outcome.Done d
                    ? d
                    : new Outcome.Done("", Map.of("waits", "")),
            done -> !done.facts().containsKey("waits"));
  }

  private static Outcome.Refused untilRefused(Wanted wanted, ReleaseId id) {
    return (Outcome.Refused)
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(200))
            .until(
                () ->
                    ground.see(wanted, id).work() instanceof Work.Free
                        ? ground.inside.sync(ground.cluster, wanted, id)
                        : Outcome.done(""),
                Outcome.Refused.class::isInstance);
  }

  private static void awaitWaits(Wanted wanted, ReleaseId id, String what) {
    assertThat(ground.see(wanted, id).work())
        .isInstanceOfSatisfying(Work.Waits.class, w -> assertThat(w.why()).contains(what));
  }

  private static String uid(String job, String namespace) {
    return ground.json("job", job, "-n", namespace).at("/metadata/uid").asText();
  }

  @Test
  void whatComesAfterAHookWaitsForItAndNobodyBlocksMeanwhile() {
    // Given
    ReleaseId id = new ReleaseId("ordered", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/pre.yaml",
            job("migrate", "pre-install", "helm.sh/hook-weight: \"1\"", "endless"),
            "templates/before.yaml",
            configMap(
                "settings\n  annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: \"-5\"}",
                "a: a"),
            "templates/late.yaml",
            configMap(
                "late\n  annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: \"7\"}",
                "a: a"));
    Wanted wanted = wish(id, chart, "1");

    // When
    Outcome first = ground.inside.sync(ground.cluster, wanted, id);

    // Then
    assertThat(first)
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done -> assertThat(done.facts().get("waits")).contains("pre-install hook"));
    awaitWaits(wanted, id, "batch/v1/Job/ordered/migrate runs since");
    assertThat(ground.exists("configmap", "settings", "ordered")).isTrue();
    assertThat(ground.exists("configmap", "late", "ordered")).isFalse();
    assertThat(ground.exists("configmap", "main", "ordered")).isFalse();
    assertThat(ground.helm("status", "web", "-n", "ordered")).contains("pending-install");

    // When
    String uid = uid("migrate", "ordered");
    ground.inside.sync(ground.cluster, wanted, id);
    anotherControllerSyncs(wanted, id);

    // Then
    assertThat(uid("migrate", "ordered")).isEqualTo(uid);
  }

  private static void anotherControllerSyncs(Wanted wanted, ReleaseId id) {
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      Outcome outcome = ground.inside(clients).sync(ground.cluster, wanted, id);
      assertThat(((Outcome.Done) outcome).facts()).containsKey("waits");
    }
  }

  @Test
  void theRecordOfHooksIsTheOneThatHelmWrites() throws IOException {
    // Given
    ReleaseId ours = new ReleaseId("recorded", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/pre.yaml",
            job("pre", "pre-install,pre-upgrade", "helm.sh/hook-weight: \"2\"", "ok"),
            "templates/post.yaml",
            job("post", "post-install", "helm.sh/hook-delete-policy: hook-succeeded", "ok"),
            "templates/test.yaml",
            job("probe", "test", "a: b", "ok"));
    String local = Charts.onDisk(folder.resolve("recorded"), chart);

    // When
    untilDone(wish(ours, chart, "1"), ours);
    ground.helm(
        "install", "web", local, "-n", "by-helm", "--create-namespace", "--set-string", "v=1");

    // Then
    assertThat(ran(ground.record("recorded", "web", 1).hooks()))
        .isEqualTo(ran(ground.record("by-helm", "web", 1).hooks()))
        .hasSize(3);
    assertThat(ground.exists("job", "pre", "recorded")).isTrue();
    assertThat(ground.exists("job", "post", "recorded")).isFalse();
    assertThat(ground.exists("job", "probe", "recorded")).isFalse();
    assertThat(ground.helm("get", "hooks", "web", "-n", "recorded")).contains("name: pre");
    assertThat(ground.helm("test", "web", "-n", "recorded")).contains("Succeeded");
  }

  private static List<String> ran(List<RenderedHook> hooks) {
    return hooks.stream()
        .map(
            h ->
                "%s %s %d %s %s"
                    .formatted(
                        h.object().at("/metadata/name").asText(),
                        h.events(),
                        h.weight(),
                        h.deletePolicies(),
                        h.ran().map(RenderedHook.Run::phase)))
        .toList();
  }

  @Test
  void aHookThatFailsSaysHowAndIsTakenUpAgainWithoutThoseThatSucceeded() {
    // Given
    ReleaseId id = new ReleaseId("fails", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/first.yaml",
            job("first", "pre-install", "helm.sh/hook-weight: \"1\"", "ok"),
            "templates/second.yaml",
            job("second", "pre-install", "helm.sh/hook-weight: \"2\"", "fail"));
    Wanted wanted = wish(id, chart, "1");

    // When
    Outcome.Refused refused = untilRefused(wanted, id);

    // Then
    assertThat(refused.message())
        .contains("pre-install hooks failed", "Job/fails/second", "ended with code 3");
    assertThat(ground.exists("configmap", "main", "fails")).isFalse();
    assertThat(ground.helm("history", "web", "-n", "fails"))
        .contains("failed", "Release \"web\" failed: pre-install hooks failed");
    String first = uid("first", "fails");
    String second = uid("second", "fails");

    // When
    ground.inside.sync(ground.cluster, wanted, id);

    // Then
    assertThat(uid("first", "fails")).isEqualTo(first);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(uid("second", "fails")).isNotEqualTo(second));
  }

  @Test
  void whatAFailedHookPrintedIsToldWithoutSecretsAndOnlyIfTheChartAsks() {
    // Given
    ReleaseId id = new ReleaseId("printed", "web");
    ReleaseId silent = new ReleaseId("silent", "web");
    String failing = job("pre", "pre-install", "%s", "fail");
    String reading =
        failing.replace(
            "containers: [{name: c,", "containers: [{name: c, envFrom: [{secretRef: {name: db}}],");
    ground.kubectl("create", "namespace", "printed");
    ground.kubectl(
        "create",
        "secret",
        "generic",
        "db",
        "-n",
        "printed",
        "--from-literal=password=s3cret-of-the-pod");
    String own =
        "apiVersion: v1\nkind: Secret\nmetadata: {name: own}\nstringData: {p: other-s3cret}\n";
    SortedMap<String, String> telling =
        chart(
            "web",
            "templates/own.yaml",
            own,
            "templates/pre.yaml",
            reading.formatted("helm.sh/hook-output-log-policy: hook-failed"));
    SortedMap<String, String> quiet = chart("web", "templates/pre.yaml", failing.formatted("a: b"));

    // When
    Outcome.Refused told = untilRefused(wish(id, telling, "1"), id);
    Outcome.Refused untold = untilRefused(wish(silent, quiet, "1"), silent);

    // Then
    assertThat(told.message())
        .contains("table orders: no such column", "connected as app with ***, ***")
        .doesNotContain("s3cret");
    assertThat(untold.message()).contains("ended with code 3").doesNotContain("table orders");
    assertThat(ground.helm("history", "web", "-n", "printed")).doesNotContain("s3cret");
  }

  @Test
  void aHookWhoseBeginningIsNotKnownIsBegunAndOneThatVanishedHasFailed() {
    // Given
    ReleaseId id = new ReleaseId("crash", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/pre.yaml",
            job("pre", "pre-install", "a: b", "endless"));
    Wanted wanted = wish(id, chart, "1");
    ground.inside.sync(ground.cluster, wanted, id);
    String uid = uid("pre", "crash");
    RenderedHook.Run run = ground.record("crash", "web", 1).hooks().getFirst().ran().orElseThrow();
    assertThat(run.phase()).isEqualTo(Phase.RUNNING);

    // When
    ground.kubectl("delete", "job", "pre", "-n", "crash");
    ground.noteRun(id, 1, new RenderedHook.Run(run.startedAt(), null, Phase.UNKNOWN));
    untilWaits(wanted, id);

    // Then
    assertThat(uid("pre", "crash")).isNotEqualTo(uid);

    // When
    ground.kubectl("delete", "job", "pre", "-n", "crash");

    // Then
    assertThat(untilRefused(wanted, id).message()).contains("is gone before its end was seen");
  }

  private static void untilWaits(Wanted wanted, ReleaseId id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                ground.inside.sync(ground.cluster, wanted, id) instanceof Outcome.Done d
                    && d.facts().containsKey("waits"));
  }

  @Test
  void aHookThatIsNotOverInTimeHasFailed() {
    // Given
    ReleaseId id = new ReleaseId("late", "web");
    SortedMap<String, String> chart =
        chart("web", "templates/pre.yaml", job("pre", "pre-install", "a: b", "endless"));
    Wanted wanted = wish(id, chart, "1");
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (KubeClients clients = new KubeClients(_ -> LocalControlPlane.TOKEN)) {
      HelmInside inside = ground.inside(clients, now::get);
      inside.sync(ground.cluster, wanted, id);

      // When
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(6)));
      Outcome outcome = inside.sync(ground.cluster, wanted, id);

      // Then
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              r -> assertThat(r.message()).contains("is not over after PT5M"));
    }
  }

  @Test
  void aChangedHookIsAChangedReleaseAndItsOldJobGoesFirst() {
    // Given
    ReleaseId id = new ReleaseId("changed", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/pre.yaml",
            job("migrate", "pre-install,pre-upgrade", "step: \"{{ .Values.v }}\"", "ok"));
    Wanted wanted = wish(id, chart, "1");
    untilDone(wanted, id);
    String before = uid("migrate", "changed");
    assertThat(ground.see(wanted, id).synced()).isTrue();

    // When
    Wanted next = wish(id, chart, "2");
    boolean synced = ground.see(next, id).synced();
    untilDone(next, id);

    // Then
    assertThat(synced).isFalse();
    assertThat(uid("migrate", "changed")).isNotEqualTo(before);
    assertThat(ground.see(next, id).deployed().orElseThrow().revision()).isEqualTo(2);
    assertThat(ground.see(next, id).synced()).isTrue();
  }

  @Test
  void anotherWishDoesNotCutOffAHookThatRuns() {
    // Given
    ReleaseId id = new ReleaseId("running", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/pre.yaml",
            job("pre", "pre-install", "step: \"{{ .Values.v }}\"", "endless"));
    ground.inside.sync(ground.cluster, wish(id, chart, "1"), id);
    String uid = uid("pre", "running");

    // When
    Wanted next = wish(id, chart, "2");
    Outcome outcome = ground.inside.sync(ground.cluster, next, id);

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    awaitWaits(next, id, "Job/running/pre runs since");
    assertThat(uid("pre", "running")).isEqualTo(uid);
  }

  @Test
  void hooksRunBeforeAndAfterAReleaseIsRemoved() {
    // Given
    ReleaseId id = new ReleaseId("removed", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/a.yaml",
            job("backup", "pre-delete", "a: b", "ok"),
            "templates/z.yaml",
            job("sweep", "post-delete", "a: b", "ok"));
    untilDone(wish(id, chart, "1"), id);
    assertThat(ground.exists("job", "backup", "removed")).isFalse();

    // When
    Outcome first = ground.inside.uninstall(ground.cluster, id);

    // Then
    assertThat(((Outcome.Done) first).facts().get("waits")).contains("pre-delete hook");
    assertThat(ground.exists("configmap", "main", "removed")).isTrue();
    assertThat(ground.helm("status", "web", "-n", "removed")).contains("uninstalling");
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                ground.inside.uninstall(ground.cluster, id) instanceof Outcome.Done d
                    && !d.facts().containsKey("waits"));
    assertThat(ground.exists("job", "sweep", "removed")).isTrue();
    assertThat(ground.exists("configmap", "main", "removed")).isFalse();
    assertThat(ground.helm("ls", "-n", "removed")).doesNotContain("web");
  }

  @Test
  void oneHookMayRunBeforeAndAfter() {
    // Given
    ReleaseId id = new ReleaseId("twice", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/main.yaml",
            MAIN,
            "templates/both.yaml",
            job("both", "pre-install,post-install", "a: b", "ok"));
    Wanted wanted = wish(id, chart, "1");
    ground.inside.sync(ground.cluster, wanted, id);
    String before = uid("both", "twice");

    // When
    untilDone(wanted, id);

    // Then
    assertThat(uid("both", "twice")).isNotEqualTo(before);
    JsonNode main = ground.json("configmap", "main", "-n", "twice");
    assertThat(main.at("/data/v").asText()).isEqualTo("1");
  }
}
