package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.InsideSeen.Work;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Releases that go over from the helm command line to us and back. The chart has pods, hooks of
 * every event, a test and an object that stays.
 */
class HelmBothWaysIT {

  private static final String CHART = ChartFolders.own("migrating").toAbsolutePath().toString();
  private static final Path REPORT = Path.of("target/evidence/helm-both-ways.txt");

  @TempDir static Path folder;
  private static Ground ground;
  private static PodPlayer pods;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(REPORT.getParent());
    Files.deleteIfExists(REPORT);
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

  private static Wanted wish(ReleaseId id, int schema) throws IOException {
    return wanted(
        Charts.whole(
            id,
            ChartFolders.read(ChartFolders.own("migrating")),
            values(Map.of("schema", schema))));
  }

  private static void ours(ReleaseId id, int schema) throws IOException {
    Wanted wanted = wish(id, schema);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                ground.see(wanted, id).work() instanceof Work.Free
                    && ground.inside.sync(ground.cluster, wanted, id) instanceof Outcome.Done d
                    && !d.facts().containsKey("waits"));
    assertThat(ground.see(wanted, id).synced()).isTrue();
  }

  private static void helm(String verb, String namespace, String... more) {
    String[] arguments =
        Stream.concat(Stream.of(verb, "web", "-n", namespace), Stream.of(more))
            .toArray(String[]::new);
    ground.helm(arguments);
  }

  private static String schema(int schema) {
    return "schema=" + schema;
  }

  private static JsonNode history(String namespace) throws IOException {
    return Trees.JSON.readTree(ground.helm("history", "web", "-n", namespace, "-o", "json"));
  }

  private static List<String> lines(String namespace) throws IOException {
    return history(namespace)
        .valueStream()
        .map(
            r ->
                "%s %s %s %s %s"
                    .formatted(
                        r.path("revision").asText(),
                        r.path("status").asText(),
                        r.path("chart").asText(),
                        r.path("app_version").asText(),
                        r.path("description").asText()))
        .toList();
  }

  /** Pods of the Deployment by their identity; those of hooks come and go. */
  private static SortedSet<String> podsOf(String namespace) {
    SortedSet<String> uids = new TreeSet<>();
    ground
        .json("pods", "-n", namespace, "-l", "app=web")
        .path("items")
        .forEach(pod -> uids.add(pod.at("/metadata/uid").asText()));
    return uids;
  }

  private static void note(String line) throws IOException {
    Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @CsvSource({"server-side,true", "client-side,false"})
  void whatHelmMadeIsAdoptedWithoutAPodRestart(String name, String serverSide) throws IOException {
    // Given
    ReleaseId id = new ReleaseId("adopt-" + name, "web");
    String namespace = id.namespace();
    ground.helm(
        "install",
        "web",
        CHART,
        "-n",
        namespace,
        "--create-namespace",
        "--server-side=" + serverSide,
        "--set",
        schema(1),
        "--labels",
        "team=shop");
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> podsOf(namespace).size() == 2);
    SortedSet<String> before = podsOf(namespace);

    // When
    ours(id, 2);
    helm("upgrade", namespace, CHART, "--set", schema(3));
    ours(id, 4);

    // Then
    assertThat(podsOf(namespace)).isEqualTo(before);
    assertThat(ground.json("configmap", "web", "-n", namespace).at("/data/schema").asText())
        .isEqualTo("4");
    assertThat(lines(namespace))
        .containsExactly(
            "1 superseded migrating-0.3.0  Install complete",
            "2 superseded migrating-0.3.0  Upgrade complete",
            "3 superseded migrating-0.3.0  Upgrade complete",
            "4 deployed migrating-0.3.0  Upgrade complete");
    assertThat(ground.record(namespace, "web", 4).labels()).containsEntry("team", "shop");
    note("adopted from helm, " + name + " apply: 4 revisions, 2 pods, 0 restarts");
  }

  @Test
  void whatWeMadeIsUpgradedRolledBackAndUninstalledByHelm() throws IOException {
    // Given
    ReleaseId id = new ReleaseId("given", "web");
    ours(id, 1);
    ours(id, 2);
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> podsOf("given").size() == 2);
    SortedSet<String> before = podsOf("given");

    // When
    helm("upgrade", "given", CHART, "--set", schema(3));
    helm("rollback", "given", "1");
    helm("test", "given");

    // Then
    assertThat(podsOf("given")).isEqualTo(before);
    assertThat(ground.json("configmap", "web", "-n", "given").at("/data/schema").asText())
        .isEqualTo("1");
    assertThat(lines("given"))
        .containsExactly(
            "1 superseded migrating-0.3.0  Install complete",
            "2 superseded migrating-0.3.0  Upgrade complete",
            "3 superseded migrating-0.3.0  Upgrade complete",
            "4 deployed migrating-0.3.0  Rollback to 1");
    assertThat(ground.see(wish(id, 1), id).deployed().orElseThrow().ours()).isFalse();

    // When
    helm("uninstall", "given");

    // Then
    assertThat(ground.exists("deployment", "web", "given")).isFalse();
    assertThat(ground.exists("configmap", "web", "given")).isFalse();
    assertThat(ground.exists("configmap", "web-kept", "given")).isTrue();
    assertThat(ground.exists("job", "web-backup", "given")).isFalse();
    assertThat(ground.see(wanted()).releases()).doesNotContainKey(id);
    note("ours: upgraded, rolled back, tested and uninstalled by helm, hooks run each time");
  }

  @Test
  void whateverHelmShowsOfOurReleaseItShowsOfItsOwn() throws IOException {
    // Given
    ReleaseId id = new ReleaseId("same-ours", "web");
    ours(id, 1);
    ours(id, 2);
    ground.helm(
        "install", "web", CHART, "-n", "same-helm", "--create-namespace", "--set", schema(1));
    helm("upgrade", "same-helm", CHART, "--set", schema(2));

    // When
    List<String> ours = lines("same-ours");
    List<String> theirs = lines("same-helm");

    // Then
    assertThat(ours).isEqualTo(theirs);
    for (int revision = 1; revision <= 2; revision++) {
      ReleaseRecord mine = ground.record("same-ours", "web", revision);
      ReleaseRecord helms = ground.record("same-helm", "web", revision);
      assertThat(objects(mine)).isEqualTo(objects(helms));
      assertThat(hooks(mine)).isEqualTo(hooks(helms));
      assertThat(mine.config()).isEqualTo(helms.config());
      assertThat(mine.applyMethod()).isEqualTo(helms.applyMethod());
    }
    assertThat(ground.helm("get", "notes", "web", "-n", "same-ours"))
        .isEqualTo(
            ground
                .helm("get", "notes", "web", "-n", "same-helm")
                .replace("same-helm", "same-ours"));
    note("equal in history, manifest, hooks with phases, values and notes: " + ours);
  }

  private static List<String> objects(ReleaseRecord record) {
    return record.objects().stream().map(RenderedObject::object).map(Trees::canonical).toList();
  }

  private static List<String> hooks(ReleaseRecord record) {
    return record.hooks().stream()
        .map(
            hook ->
                "%s %s %d %s %s"
                    .formatted(
                        Trees.canonical(hook.object()),
                        hook.events(),
                        hook.weight(),
                        hook.deletePolicies(),
                        hook.ran().map(RenderedHook.Run::phase)))
        .toList();
  }
}
