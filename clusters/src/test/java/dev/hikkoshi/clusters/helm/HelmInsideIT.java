package dev.hikkoshi.clusters.helm;

import static dev.hikkoshi.clusters.helm.Charts.chart;
import static dev.hikkoshi.clusters.helm.Charts.configMap;
import static dev.hikkoshi.clusters.helm.Charts.deployment;
import static dev.hikkoshi.clusters.helm.Charts.file;
import static dev.hikkoshi.clusters.helm.Charts.release;
import static dev.hikkoshi.clusters.helm.Charts.values;
import static dev.hikkoshi.clusters.helm.Charts.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases synced, healed and removed in a real API server; helm and kubectl are the judges. */
class HelmInsideIT {

  private static final SortedMap<String, String> SHOP =
      chart(
          "shop",
          "values.yaml",
          "greeting: hello\n",
          "templates/a.yaml",
          configMap("{{ .Release.Name }}-a", "greeting: {{ .Values.greeting }}"),
          "templates/b.yaml",
          "{{ if .Values.b }}" + configMap("{{ .Release.Name }}-b", "b: b") + "{{ end }}",
          "templates/kept.yaml",
          "{{ if .Values.b }}"
              + configMap(
                  "{{ .Release.Name }}-kept\n  annotations: {helm.sh/resource-policy: keep}",
                  "k: k")
              + "{{ end }}");

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

  private static Wanted shop(ReleaseId id, String greeting, boolean b) {
    return wanted(release(id, SHOP, values(Map.of("greeting", greeting, "b", b))));
  }

  @Test
  void aReleaseIsInstalledSoThatHelmReadsIt() {
    // Given
    ReleaseId id = new ReleaseId("install", "web");
    Wanted wanted = shop(id, "hi", false);
    assertThat(ground.see(wanted, id).health()).isEqualTo(new Health.Missing());

    // When
    int revision = ground.sync(wanted, id);

    // Then
    ReleaseSeen seen = ground.see(wanted, id);
    assertThat(revision).isEqualTo(1);
    assertThat(seen.synced()).isTrue();
    assertThat(seen.health()).isEqualTo(new Health.Healthy());
    assertThat(seen.drifted()).isEmpty();
    assertThat(ground.helm("ls", "-n", "install")).contains("web", "deployed", "shop-1.0.0");
    assertThat(ground.helm("history", "web", "-n", "install")).contains("Install complete");
    assertThat(ground.helm("get", "values", "web", "-n", "install")).contains("greeting: hi");
    assertThat(ground.helm("get", "manifest", "web", "-n", "install")).contains("greeting: hi");
  }

  @Test
  void aChangedValueReachesAndWhatTheChartDropsGoesButKeepStays() {
    // Given
    ReleaseId id = new ReleaseId("upgrade", "web");
    ground.sync(shop(id, "hi", true), id);
    assertThat(ground.exists("configmap", "web-b", "upgrade")).isTrue();
    Wanted next = shop(id, "hey", false);
    assertThat(ground.see(next, id).synced()).isFalse();

    // When
    int revision = ground.sync(next, id);

    // Then
    assertThat(revision).isEqualTo(2);
    assertThat(ground.json("configmap", "web-a", "-n", "upgrade").at("/data/greeting").asText())
        .isEqualTo("hey");
    assertThat(ground.exists("configmap", "web-b", "upgrade")).isFalse();
    assertThat(ground.exists("configmap", "web-kept", "upgrade")).isTrue();
    assertThat(ground.see(next, id).synced()).isTrue();
    assertThat(ground.helm("history", "web", "-n", "upgrade"))
        .containsSubsequence("superseded", "deployed", "Upgrade complete");
  }

  @Test
  void lookingAndSyncingAgainWritesNothing() {
    // Given
    ReleaseId id = new ReleaseId("quiet", "web");
    Wanted wanted = shop(id, "hi", true);
    ground.sync(wanted, id);
    ground.see(wanted);
    String before = versions("quiet");

    // When
    ground.see(wanted);
    ground.sync(wanted, id);
    ground.see(wanted);

    // Then
    assertThat(versions("quiet")).isEqualTo(before);
  }

  private static String versions(String namespace) {
    return ground.kubectl(
        "get",
        "configmaps,secrets",
        "-n",
        namespace,
        "-o",
        "custom-columns=N:.metadata.name,V:.metadata.resourceVersion");
  }

  @Test
  void aHandMadeRevisionIsReportedFirstAndThenReplaced() throws IOException {
    // Given
    ReleaseId id = new ReleaseId("foreign", "web");
    Wanted wanted = shop(id, "hi", false);
    ground.sync(wanted, id);
    String local = Charts.onDisk(folder.resolve("foreign"), SHOP);

    // When
    ground.helm("upgrade", "web", local, "-n", "foreign", "--set", "greeting=by-hand");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              ReleaseSeen seen = ground.see(wanted, id);
              assertThat(seen.deployed().orElseThrow().revision()).isEqualTo(2);
              assertThat(seen.deployed().orElseThrow().ours()).isFalse();
              assertThat(seen.synced()).isFalse();
            });
    assertThat(ground.sync(wanted, id)).isEqualTo(3);
    assertThat(ground.see(wanted, id).synced()).isTrue();
    ground.helm("rollback", "web", "1", "-n", "foreign");
    assertThat(ground.helm("history", "web", "-n", "foreign")).contains("Rollback to 1");
  }

  @Test
  void whatSomebodyChangedByHandIsDriftAndHeals() {
    // Given
    ReleaseId id = new ReleaseId("drift", "web");
    Wanted wanted = shop(id, "hi", true);
    ground.sync(wanted, id);

    // When
    ground.kubectl(
        "patch", "configmap", "web-a", "-n", "drift", "-p", "{\"data\":{\"greeting\":\"x\"}}");
    ground.kubectl("delete", "configmap", "web-b", "-n", "drift");

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(ground.see(wanted, id).drifted())
                    .containsExactly(
                        "v1/ConfigMap/drift/web-a: /data/greeting",
                        "v1/ConfigMap/drift/web-b: it is not there"));
    assertThat(ground.see(wanted, id).driftSince()).isPresent();
    assertThat(ground.inside.heal(ground.cluster, wanted, id)).isInstanceOf(Outcome.Done.class);
    assertThat(ground.json("configmap", "web-a", "-n", "drift").at("/data/greeting").asText())
        .isEqualTo("hi");
    assertThat(ground.see(wanted, id).drifted()).isEmpty();
    assertThat(ground.helm("history", "web", "-n", "drift")).doesNotContain("Upgrade");
  }

  @Test
  void handsOffMeansThatAnObjectIsLeftAsItIs() {
    // Given
    ReleaseId id = new ReleaseId("handsoff", "web");
    Wanted wanted = shop(id, "hi", false);
    ground.sync(wanted, id);

    // When
    ground.kubectl(
        "annotate", "configmap", "web-a", "-n", "handsoff", Drift.HANDS_OFF + "=2126-01-01");
    ground.kubectl(
        "patch", "configmap", "web-a", "-n", "handsoff", "-p", "{\"data\":{\"greeting\":\"x\"}}");
    ground.inside.heal(ground.cluster, wanted, id);

    // Then
    assertThat(ground.see(wanted, id).drifted()).isEmpty();
    assertThat(ground.json("configmap", "web-a", "-n", "handsoff").at("/data/greeting").asText())
        .isEqualTo("x");
  }

  @Test
  void aReleaseThatIsNotWantedGoesWithItsHistory() {
    // Given
    ReleaseId id = new ReleaseId("gone", "web");
    ground.sync(shop(id, "hi", true), id);
    ReleaseSeen unwanted = ground.see(wanted(), id);
    assertThat(unwanted.rendered()).isEmpty();
    assertThat(unwanted.deployed().orElseThrow().ours()).isTrue();

    // When
    Outcome outcome = ground.inside.uninstall(ground.cluster, id);

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(ground.exists("configmap", "web-a", "gone")).isFalse();
    assertThat(ground.exists("configmap", "web-kept", "gone")).isTrue();
    assertThat(ground.helm("ls", "-n", "gone")).doesNotContain("web");
    assertThat(ground.see(wanted()).releases()).doesNotContainKey(id);
  }

  @Test
  void aPodThatAChartBringsItselfIsNoDriftAndGoesWithItsRelease() {
    // Given
    ReleaseId id = new ReleaseId("pods", "web");
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: probe}
        spec: {containers: [{name: probe, image: "registry.invalid/probe:1"}]}
        """;
    Wanted wanted = wanted(release(id, chart("probe", "templates/pod.yaml", pod)));

    // When
    ground.sync(wanted, id);
    List<String> drifted = ground.see(wanted, id).drifted();
    Outcome outcome = ground.inside.uninstall(ground.cluster, id);

    // Then
    assertThat(drifted).isEmpty();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(ground.exists("pod", "probe", "pods")).isFalse();
  }

  @Test
  void aRevisionLeftPendingIsTakenUpAgain() {
    // Given
    ReleaseId id = new ReleaseId("left", "web");
    Wanted wanted = shop(id, "hi", true);
    ground.sync(wanted, id);
    ground.leavePending(id, 1);
    ground.kubectl("delete", "configmap", "web-a", "-n", "left");
    assertThat(ground.see(wanted, id).deployed().orElseThrow().status())
        .isEqualTo("pending-upgrade");

    // When
    int revision = ground.sync(wanted, id);

    // Then
    assertThat(revision).isEqualTo(1);
    assertThat(ground.exists("configmap", "web-a", "left")).isTrue();
    assertThat(ground.see(wanted, id).synced()).isTrue();
  }

  @Test
  void whatAnUnfinishedRevisionBroughtGoesWithTheNext() {
    // Given
    ReleaseId id = new ReleaseId("halfway", "web");
    ground.sync(shop(id, "hi", false), id);
    ground.sync(shop(id, "hi", true), id);
    ground.leavePending(id, 2);

    // When
    int revision = ground.sync(shop(id, "hello", false), id);

    // Then
    assertThat(revision).isEqualTo(3);
    assertThat(ground.exists("configmap", "web-b", "halfway")).isFalse();
  }

  @Test
  void generatedPasswordsStayOverLooksAndUpgrades() {
    // Given
    ReleaseId id = new ReleaseId("random", "db");
    SortedMap<String, String> chart =
        chart(
            "db",
            "templates/secret.yaml",
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: db}
            stringData:
              password: {{ randAlphaNum 16 | quote }}
              user: {{ .Values.user }}
            """);
    Wanted wanted = wanted(release(id, chart, values(Map.of("user", "ann"))));
    ground.sync(wanted, id);
    String password = password();

    // When
    ReleaseSeen again = ground.see(wanted, id);
    Wanted changed = wanted(release(id, chart, values(Map.of("user", "bob"))));
    int revision = ground.sync(changed, id);

    // Then
    assertThat(again.synced()).isTrue();
    assertThat(again.drifted()).isEmpty();
    assertThat(revision).isEqualTo(2);
    assertThat(password()).isEqualTo(password).isNotEmpty();
    assertThat(ground.see(changed, id).synced()).isTrue();
  }

  private static String password() {
    return ground.json("secret", "db", "-n", "random").at("/data/password").asText();
  }

  @Test
  void aChartThatLooksItsPasswordUpIsSyncedOnce() {
    // Given
    ReleaseId id = new ReleaseId("lookup", "db");
    SortedMap<String, String> chart =
        chart(
            "db",
            "templates/secret.yaml",
            """
            {{- $old := lookup "v1" "Secret" .Release.Namespace "db" }}
            apiVersion: v1
            kind: Secret
            metadata: {name: db}
            data:
              password: {{ if $old }}{{ $old.data.password }}{{ else }}{{ randAlphaNum 9 | b64enc }}{{ end }}
            """);
    Wanted wanted = wanted(release(id, chart));

    // When
    ground.sync(wanted, id);

    // Then
    assertThat(ground.see(wanted, id).synced()).isTrue();
    assertThat(ground.sync(wanted, id)).isEqualTo(1);
  }

  @Test
  void replicasOfAnAutoscalerOrOfScaleAreNotFought() {
    // Given
    ReleaseId id = new ReleaseId("scaled", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/d.yaml",
            deployment("web", ", env: [{name: V, value: \"{{ .Values.v }}\"}]"));
    Wanted wanted = wanted(release(id, chart, values(Map.of("v", "1"))));
    ground.sync(wanted, id);

    // When
    ground.kubectl("scale", "deployment", "web", "--replicas=5", "-n", "scaled");
    Wanted next = wanted(release(id, chart, values(Map.of("v", "2"))));
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(ground.see(wanted, id).drifted()).isEmpty());
    ground.sync(next, id);

    // Then
    JsonNode live = ground.json("deployment", "web", "-n", "scaled");
    assertThat(live.at("/spec/replicas").asInt()).isEqualTo(5);
    assertThat(live.at("/spec/template/spec/containers/0/env/0/value").asText()).isEqualTo("2");
    assertThat(ground.see(next, id).drifted()).isEmpty();
  }

  @Test
  void aReleaseThatHelmMadeIsAdoptedAndDroppedFieldsGo() throws IOException {
    // Given
    ReleaseId id = new ReleaseId("adopted", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/d.yaml",
            deployment("web", ""),
            "templates/c.yaml",
            configMap("web", "a: a\n{{ if .Values.more }}  b: b{{ end }}"));
    String local = Charts.onDisk(folder.resolve("adopted"), chart);
    ground.helm(
        "install",
        "web",
        local,
        "-n",
        "adopted",
        "--create-namespace",
        "--server-side=false",
        "--set",
        "more=true");
    long generation =
        ground.json("deployment", "web", "-n", "adopted").at("/metadata/generation").asLong();
    Wanted wanted = wanted(release(id, chart));
    assertThat(ground.see(wanted, id).deployed().orElseThrow().ours()).isFalse();
    assertThat(ground.see(wanted, id).restarts()).isEmpty();
    String newer = deployment("web", "").replace("app:1", "app:2");
    Wanted other = wanted(release(id, chart("web", "templates/d.yaml", newer)));
    assertThat(ground.see(other, id).restarts())
        .containsExactly("apps/v1/Deployment/adopted/web: /spec/template/spec/containers/0/image");

    // When
    int revision = ground.sync(wanted, id);

    // Then
    assertThat(revision).isEqualTo(2);
    assertThat(ground.json("configmap", "web", "-n", "adopted").at("/data").toString())
        .isEqualTo("{\"a\":\"a\"}");
    JsonNode deployment =
        ground.json("deployment", "web", "-n", "adopted", "--show-managed-fields");
    assertThat(deployment.at("/metadata/generation").asLong()).isEqualTo(generation);
    assertThat(deployment.at("/metadata/managedFields").findValuesAsText("operation").getFirst())
        .isEqualTo("Apply");
    assertThat(ground.see(wanted, id).synced()).isTrue();
  }

  @Test
  void valuesTemplatesSeeFactsStateValuesAndTheRelease() {
    // Given
    ReleaseId id = new ReleaseId("facts", "web");
    Wanted wanted =
        wanted(
            release(
                id,
                SHOP,
                file(
                    "web.yaml.gotmpl",
                    "greeting: {{ .Values.clusterName }} {{ .Values.tier }} {{ .Environment.Name }} {{ .Release.Name }}\n")));

    // When
    ground.sync(wanted, id);

    // Then
    assertThat(ground.json("configmap", "web-a", "-n", "facts").at("/data/greeting").asText())
        .isEqualTo("shop-1-37-1 gold production web");
  }

  @Test
  void aChartThatDoesNotRenderSaysWhere() {
    // Given
    ReleaseId id = new ReleaseId("broken", "web");
    Wanted wanted =
        wanted(release(id, SHOP, file("web.yaml.gotmpl", "a: 1\nb: {{ .Values.nope }}\n")));

    // When
    ReleaseSeen seen = ground.see(wanted, id);

    // Then
    assertThat(seen.rendered().orElseThrow()).isInstanceOf(Rendered.Failed.class);
    assertThat(((Rendered.Failed) seen.rendered().orElseThrow()).problem())
        .startsWith("web.yaml.gotmpl:2:");
    assertThat(ground.inside.sync(ground.cluster, wanted, id)).isInstanceOf(Outcome.Refused.class);
    assertThat(ground.inside.manifests(ground.cluster, wanted).known()).isEmpty();
  }

  @Test
  void everyReleaseThatDoesNotRenderIsNamedWhereManifestsAreCompared() {
    // Given
    ReleaseId web = new ReleaseId("broken", "web");
    ReleaseId api = new ReleaseId("broken", "api");
    Wanted wanted =
        wanted(
            release(web, SHOP, file("web.yaml.gotmpl", "b: {{ .Values.nope }}\n")),
            release(api, SHOP, file("api.yaml.gotmpl", "b: 1\nc: {{ .Values.neither }}\n")));

    // When
    Observation<Map<ReleaseId, String>> manifests = ground.inside.manifests(ground.cluster, wanted);

    // Then
    assertThat(manifests)
        .isInstanceOfSatisfying(
            Observation.Unknown.class,
            unknown ->
                assertThat(unknown.why())
                    .contains("broken/api: api.yaml.gotmpl:2:", "broken/web: web.yaml.gotmpl:1:"));
  }

  @Test
  void anObjectOfSomebodyElseIsNotTakenOver() {
    // Given
    ReleaseId id = new ReleaseId("taken", "web");
    ground.kubectl("create", "namespace", "taken");
    ground.kubectl("create", "configmap", "web-a", "-n", "taken");

    // When
    Outcome outcome = ground.inside.sync(ground.cluster, shop(id, "hi", false), id);

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome).message()).contains("v1/ConfigMap/taken/web-a");
    assertThat(ground.see(shop(id, "hi", false), id).deployed()).isEmpty();
  }

  @Test
  void whatTheServerRefusesIsRecordedAsFailedAndMendedInTheSameRevision() {
    // Given
    ReleaseId id = new ReleaseId("refused", "web");
    SortedMap<String, String> chart =
        chart(
            "web",
            "templates/c.yaml",
            configMap("web", "a: a"),
            "templates/x.yaml",
            "apiVersion: later.example.com/v1\nkind: Later\nmetadata: {name: x}\n");
    Wanted wanted = wanted(release(id, chart));
    assertThat(ground.inside.sync(ground.cluster, wanted, id)).isInstanceOf(Outcome.Refused.class);
    assertThat(ground.helm("history", "web", "-n", "refused")).contains("failed");

    // When
    ground.apply(definition("later.example.com", "Later", "laters", "Namespaced"));
    ground.kubectl("wait", "--for=condition=Established", "crd/laters.later.example.com");
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> ground.inside.sync(ground.cluster, wanted, id) instanceof Outcome.Done);

    // Then
    assertThat(ground.see(wanted, id).deployed().orElseThrow().revision()).isEqualTo(1);
    assertThat(ground.see(wanted, id).synced()).isTrue();
  }

  @Test
  void aReleaseMayBringItsKindsAndUseThem() {
    // Given
    ReleaseId id = new ReleaseId("kinds", "op");
    SortedMap<String, String> chart =
        chart(
            "op",
            "crds/w.yaml",
            definition("w.example.com", "Widget", "widgets", "Cluster"),
            "templates/w.yaml",
            """
            {{ if .Capabilities.APIVersions.Has "w.example.com/v1/Widget" }}
            apiVersion: w.example.com/v1
            kind: Widget
            metadata: {name: one}
            spec: {size: 3}
            {{ end }}
            """);
    Wanted wanted = wanted(release(id, chart));

    // When
    int revision = ground.sync(wanted, id);

    // Then
    assertThat(revision).isEqualTo(1);
    assertThat(ground.json("widget", "one").at("/spec/size").asInt()).isEqualTo(3);
    ReleaseSeen seen = ground.see(wanted, id);
    assertThat(seen.synced()).isTrue();
    assertThat(seen.health()).isEqualTo(new Health.Healthy());
  }

  static String definition(String group, String kind, String plural, String scope) {
    return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %3$s.%1$s}
        spec:
          group: %1$s
          scope: %4$s
          names: {kind: %2$s, plural: %3$s}
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """
        .formatted(group, kind, plural, scope);
  }
}
