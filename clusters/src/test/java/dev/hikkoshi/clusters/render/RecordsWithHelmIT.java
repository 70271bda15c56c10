package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.clusters.testing.LocalControlPlane.Output;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Release records of ours, judged by the helm command line against a real API server. */
class RecordsWithHelmIT {

  private static final Map<String, String> CHART =
      Map.of(
          "Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: \"4\"\n",
          "values.yaml", "greeting: hello\n",
          "templates/a.yaml",
              """
              apiVersion: v1
              kind: ConfigMap
              metadata:
                name: {{ .Release.Name }}
              data:
                greeting: {{ .Values.greeting }}
              """);

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static RenderPool pool;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build");
    Optional<Tool> missing = LocalControlPlane.missing();
    assumeTrue(missing.isEmpty(), () -> missing + " is not built: ./hikkoshi tools build");
    plane = LocalControlPlane.start(folder);
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  @Test
  void helmListsShowsUpgradesAndRollsBackAReleaseOfOurs() throws IOException {
    // Given
    String namespace = "prod";
    succeeds(plane.kubectl("", "create", "namespace", namespace));
    ChartRequest request =
        new ChartRequest(
            new ChartFiles.Folder(bytesOf(CHART)),
            ReleaseValues.of(List.of(new ValuesFile.Text("v.yaml", "greeting: hi\n"))),
            new ChartRequest.Release("web", namespace, 1),
            "v1.37.2",
            null);
    RenderedChart chart = pool.chart(request);
    ObjectNode pending = encode(request, chart);

    // When
    create(pending);
    ObjectNode object = chart.objects().getFirst().object().deepCopy();
    own(object, "web", namespace);
    succeeds(
        plane.kubectl(
            object.toString(), "apply", "--server-side", "--field-manager=helm", "-f", "-"));
    ObjectNode deployed =
        pool.update(pending, new RecordState("deployed", "Install complete"), Map.of());
    succeeds(plane.kubectl(deployed.toString(), "replace", "-f", "-"));

    // Then
    assertThat(succeeds(plane.helm("ls", "-A"))).contains("web", "deployed", "shop-1.2.3");
    assertThat(succeeds(plane.helm("get", "values", "web", "-n", namespace)))
        .contains("greeting: hi");
    assertThat(succeeds(plane.helm("get", "manifest", "web", "-n", namespace)))
        .contains("# Source: shop/templates/a.yaml", "greeting: hi");
    String local = writeChart();
    succeeds(plane.helm("upgrade", "web", local, "-n", namespace, "--set", "greeting=hey"));
    succeeds(plane.helm("rollback", "web", "1", "-n", namespace));
    assertThat(succeeds(plane.helm("history", "web", "-n", namespace)))
        .contains("Install complete", "Upgrade complete", "Rollback to 1");
    recordsOfHelmKeepTheirBytes(namespace);
  }

  private static void recordsOfHelmKeepTheirBytes(String namespace) throws IOException {
    String text = succeeds(plane.kubectl("", "get", "secrets", "-n", namespace, "-o", "json"));
    JsonNode secrets = Frames.JSON.readTree(text).get("items");
    assertThat(secrets).hasSize(3);
    for (JsonNode secret : secrets) {
      ReleaseRecord record = pool.decode((ObjectNode) secret);
      RecordState same = new RecordState(record.status(), record.description());
      ObjectNode again = pool.update((ObjectNode) secret, same, Map.of());
      assertThat(again.at("/data/release"))
          .as("revision " + record.revision())
          .isEqualTo(secret.at("/data/release"));
      assertThat(record.applyMethod()).isEqualTo("ssa");
    }
  }

  private static ObjectNode encode(ChartRequest request, RenderedChart chart) {
    Instant at = Instant.parse("2026-11-24T10:00:00Z");
    return pool.encode(
        new RecordRequest(
            request.chart(),
            request.values(),
            request.release(),
            RecordState.begun("pending-install", "Preparing", at, at),
            chart.objects(),
            chart.hooks(),
            chart.notes(),
            Map.of()));
  }

  private static void create(ObjectNode secret) {
    succeeds(plane.kubectl(secret.toString(), "create", "-f", "-"));
  }

  private static void own(ObjectNode object, String release, String namespace) {
    ObjectNode metadata = object.withObject("/metadata");
    metadata.put("namespace", namespace);
    metadata.withObject("/labels").put("app.kubernetes.io/managed-by", "Helm");
    metadata
        .withObject("/annotations")
        .put("meta.helm.sh/release-name", release)
        .put("meta.helm.sh/release-namespace", namespace);
  }

  private static String writeChart() throws IOException {
    Path root = folder.resolve("chart");
    for (Map.Entry<String, String> file : CHART.entrySet()) {
      Path target = root.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    return root.toString();
  }

  private static Map<String, byte[]> bytesOf(Map<String, String> files) {
    return files.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().getBytes(StandardCharsets.UTF_8)));
  }

  private static String succeeds(Output output) {
    assertThat(output.exit()).as(output.text()).isZero();
    return output.text();
  }
}
