package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.render.RenderException.Kind;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against the real worker. */
class RenderPoolIT {

  private static final String CONFIG_MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: {{ .Release.Name }}
      data:
      """;

  private static RenderPool pool;
  private static Path binary;

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    binary = worker.orElseThrow();
    pool = new RenderPool(binary, RenderOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @Test
  void theWorkerSaysWhatItIsAndWhatHoldsIt() {
    // When
    WorkerFacts facts = pool.hello();

    // Then
    assertThat(facts.helm()).startsWith("v4.");
    if (facts.platform().startsWith("linux/")) {
      assertThat(facts.confinement().missing()).isEmpty();
      assertThat(facts.confinement().seccomp()).isTrue();
      assertThat(facts.confinement().landlock()).isTrue();
    }
  }

  @Test
  void aTemplateSeesItsData() {
    // Given
    ObjectNode data = json();
    data.putObject("Values").put("clusterName", "shop-1-37-2").put("big", 12345678);
    TemplateRequest request =
        new TemplateRequest(
            "values.yaml.gotmpl",
            "name: {{ .Values.clusterName }}\nbig: {{ .Values.big }}\n",
            data);

    // When
    String text = pool.template(request);

    // Then
    assertThat(text).isEqualTo("name: shop-1-37-2\nbig: 12345678\n");
  }

  @Test
  void aTemplateErrorHasFileLineAndColumn() {
    // Given
    TemplateRequest request =
        new TemplateRequest("values/web.yaml.gotmpl", "a: 1\nb: {{ .Values.nope }}\n", json());

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> pool.template(request));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.TEMPLATE);
    assertThat(failure.file()).isEqualTo("values/web.yaml.gotmpl");
    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure.column()).isEqualTo(14);
    assertThat(failure.offending()).isEqualTo(".Values.nope");
    assertThat(failure.kind().isLasting()).isTrue();
  }

  @Test
  void valuesMergeAsHelmMergesThem() {
    // Given
    ObjectNode inline = json().put("z", 3);

    // When
    ObjectNode merged =
        pool.values(
            new ReleaseValues(
                List.of(
                    new ValuesFile.Text("a.yaml", "a: {b: 1, c: 2}\n"),
                    new ValuesFile.Text("b.yaml", "a: {c: null}\n"),
                    new ValuesFile.Inline("inline", inline)),
                List.of("n=7"),
                List.of("n8=8"),
                Map.of("a.motd", bytes("a,b={}")),
                AgeKeys.NONE));

    // Then
    assertThat(merged)
        .hasToString(
            "{\"a\":{\"b\":1,\"c\":null,\"motd\":\"a,b={}\"},\"n\":7,\"n8\":\"8\",\"z\":3}");
  }

  @Test
  void aChartGivesObjectsInOrderAndNamesWhatIsRandom() {
    // Given
    ChartRequest request =
        chart(
            CONFIG_MAP + "  pw: {{ randAlphaNum 20 }}\n  v: {{ .Values.v | quote }}\n",
            new ValuesFile.Text("v.yaml", "v: x\n"));

    // When
    RenderedChart chart = pool.chart(request);

    // Then
    assertThat(chart.chart()).isEqualTo(new RenderedChart.Chart("shop", "1.2.3", ""));
    RenderedObject object = chart.objects().getFirst();
    assertThat(object.source()).isEqualTo("shop/templates/a.yaml");
    assertThat(object.object().at("/data/v").asText()).isEqualTo("x");
    assertThat(object.unstable()).containsExactly("/data/pw");
    assertThat(chart.manifest()).startsWith("---\n# Source: shop/templates/a.yaml\n");
  }

  @Test
  void aSchemaViolationHasAPointer() {
    // Given
    Map<String, byte[]> files = new TreeMap<>(folder(CONFIG_MAP));
    files.put(
        "values.schema.json", bytes("{\"properties\":{\"replicas\":{\"type\":\"integer\"}}}"));
    ChartRequest request =
        new ChartRequest(
            new ChartFiles.Folder(files),
            ReleaseValues.of(List.of(new ValuesFile.Text("v.yaml", "replicas: many\n"))),
            new ChartRequest.Release("web", "prod", 1),
            "v1.37.2",
            null);

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> pool.chart(request));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.SCHEMA);
    assertThat(failure.pointer()).isEqualTo("/replicas");
  }

  @Test
  void aLookupIsAnsweredOnceForBothRenders() {
    // Given
    List<LiveLookup.Key> asked = new ArrayList<>();
    LiveLookup live =
        key -> {
          asked.add(key);
          ObjectNode secret = json();
          secret.putObject("data").put("pw", "kept");
          return Optional.of(secret);
        };

    // When
    RenderedChart chart =
        pool.chart(
            chart(CONFIG_MAP + "  pw: {{ (lookup \"v1\" \"Secret\" \"prod\" \"pw\").data.pw }}\n"),
            live);

    // Then
    assertThat(asked).containsExactly(new LiveLookup.Key("v1", "Secret", "prod", "pw"));
    assertThat(chart.lookups()).isEqualTo(asked);
    assertThat(chart.objects().getFirst().object().at("/data/pw").asText()).isEqualTo("kept");
  }

  @Test
  void aLookupThatFailsFailsTheRenderAndNotTheWorker() {
    // Given
    LiveLookup forbidden =
        key -> {
          throw new IllegalStateException("forbidden");
        };
    ChartRequest request = chart("{{ lookup \"v1\" \"Secret\" \"prod\" \"pw\" }}");

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> pool.chart(request, forbidden));

    // Then
    assertThat(failure.kind()).isEqualTo(Kind.LOOKUP);
    assertThat(failure).hasMessageContaining("forbidden");
    assertThat(pool.hello().protocol()).isEqualTo(3);
  }

  @Test
  void aRequestOverItsDeadlineIsKilledWhileAnotherGoesOn() throws Exception {
    // Given
    String endless =
        "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}{{/* minutes */}}";
    try (RenderPool two = new RenderPool(binary, RenderOptions.DEFAULT);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RenderException> late =
          threads.submit(
              () ->
                  catchThrowableOfType(
                      RenderException.class,
                      () ->
                          two.template(
                              new TemplateRequest("bomb", endless, json()),
                              Duration.ofMillis(500))));

      // When
      int rendered = 0;
      while (!late.isDone()) {
        assertThat(two.template(new TemplateRequest("t", "{{ 1 }}", json()))).isEqualTo("1");
        rendered++;
      }

      // Then
      assertThat(late.get(5, TimeUnit.SECONDS).kind()).isEqualTo(Kind.DEADLINE);
      assertThat(rendered).isPositive();
      assertThat(two.killed()).isEqualTo(1);
      assertThat(two.template(new TemplateRequest("t", "{{ 2 }}", json()))).isEqualTo("2");
    }
  }

  @Test
  void aMemoryBombIsNamedAndTheNextRequestGetsAFreshWorker() {
    // Given
    TemplateRequest bomb =
        new TemplateRequest("bomb", "{{ repeat 3000000000 \"x\" | len }}", json());

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> pool.template(bomb));

    // Then
    assertThat(failure.kind()).isIn(Kind.MEMORY, Kind.DEADLINE);
    assertThat(pool.template(new TemplateRequest("t", "ok", json()))).isEqualTo("ok");
  }

  @Test
  void anInterruptedCallerStopsItsWorkerAndItsLookup() throws Exception {
    // Given
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch lookupStopped = new CountDownLatch(1);
    LiveLookup hangs =
        key -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            lookupStopped.countDown();
          }
          return Optional.empty();
        };
    CompletableFuture<RenderException> outcome = new CompletableFuture<>();
    ChartRequest request = chart("{{ lookup \"v1\" \"Secret\" \"prod\" \"pw\" }}");
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    outcome.complete(
                        catchThrowableOfType(
                            RenderException.class, () -> pool.chart(request, hangs))));
    asked.await();

    // When
    caller.interrupt();

    // Then
    assertThat(outcome.get(90, TimeUnit.SECONDS).kind()).isEqualTo(Kind.STOPPED);
    assertThat(lookupStopped.await(90, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.hello().protocol()).isEqualTo(3);
  }

  @Test
  void aWorkerIsReplacedAfterItsShareOfRequests() {
    // Given
    RenderOptions options = new RenderOptions(1, Duration.ofSeconds(20), 2);

    // When, Then
    try (RenderPool recycling = new RenderPool(binary, options)) {
      for (int i = 0; i < 5; i++) {
        assertThat(recycling.template(new TemplateRequest("t", "x", json()))).isEqualTo("x");
      }
      assertThat(recycling.killed()).isZero();
    }
  }

  @Test
  void aChartIsKnownToEachProcessThatItCameTo() {
    // Given
    RenderOptions options = new RenderOptions(1, Duration.ofSeconds(20), 3);
    ChartFiles chart =
        new ChartFiles.Folder(
            folder("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.called }}}\n"));
    String broken = "called: [";

    // When, Then
    try (RenderPool recycling = new RenderPool(binary, options)) {
      for (int i = 0; i < 10; i++) {
        String name = "n" + i;
        assertThat(recycling.manifest(request(chart, "called: " + name), false).text())
            .contains(name);
        assertThatExceptionOfType(RenderException.class)
            .isThrownBy(() -> recycling.manifest(request(chart, broken), false))
            .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.VALUES));
      }
    }
  }

  private static ChartRequest request(ChartFiles chart, String values) {
    return new ChartRequest(
        chart,
        ReleaseValues.of(List.of(new ValuesFile.Text("v.yaml", values))),
        new ChartRequest.Release("web", "prod", 1),
        "v1.37.2",
        null);
  }

  @Test
  void aClosedPoolRefuses() {
    // Given
    RenderPool closed = new RenderPool(binary, RenderOptions.DEFAULT);
    closed.close();

    // When, Then
    assertThatExceptionOfType(RenderException.class)
        .isThrownBy(closed::hello)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
  }

  @Test
  void recordsGoThereAndBack() {
    // Given
    Instant at = Instant.parse("2026-11-24T10:00:00Z");
    ChartRequest request =
        chart(CONFIG_MAP + "  v: {{ .Values.v }}\n", new ValuesFile.Text("v.yaml", "v: x\n"));
    RenderedChart chart = pool.chart(request);
    RecordRequest toRecord =
        new RecordRequest(
            request.chart(),
            request.values(),
            request.release(),
            RecordState.begun("pending-upgrade", "Preparing", at, at),
            chart.objects(),
            chart.hooks(),
            chart.notes(),
            Map.of("hikkoshi.dev/move", "m1"));

    // When
    ObjectNode pending = pool.encode(toRecord);
    ObjectNode deployed = pool.update(pending, new RecordState("deployed", "Done"), Map.of());
    ReleaseRecord record = pool.decode(deployed);

    // Then
    assertThat(pending.at("/metadata/name").asText()).isEqualTo("sh.helm.release.v1.web.v2");
    assertThat(pending.at("/type").asText()).isEqualTo("helm.sh/release.v1");
    assertThat(pending.at("/metadata/labels/status").asText()).isEqualTo("pending-upgrade");
    assertThat(record.status()).isEqualTo("deployed");
    assertThat(record.firstDeployed()).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(record.applyMethod()).isEqualTo("ssa");
    assertThat(record.labels()).containsEntry("hikkoshi.dev/move", "m1");
    assertThat(record.config()).hasToString("{\"v\":\"x\"}");
    assertThat(record.objects()).isEqualTo(chart.objects());
  }

  @Test
  void noWorkerIsAClearError() {
    // Given
    Path nowhere = binary.resolveSibling("nosuch");

    // When, Then
    try (RenderPool broken = new RenderPool(nowhere, RenderOptions.DEFAULT)) {
      assertThatExceptionOfType(RenderException.class)
          .isThrownBy(broken::hello)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  private static ChartRequest chart(String template, ValuesFile... values) {
    return new ChartRequest(
        new ChartFiles.Folder(folder(template)),
        ReleaseValues.of(List.of(values)),
        new ChartRequest.Release("web", "prod", 2),
        "v1.37.2",
        null);
  }

  private static Map<String, byte[]> folder(String template) {
    return Map.of(
        "Chart.yaml", bytes("apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
        "templates/a.yaml", bytes(template));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode json() {
    return Frames.JSON.createObjectNode();
  }
}
