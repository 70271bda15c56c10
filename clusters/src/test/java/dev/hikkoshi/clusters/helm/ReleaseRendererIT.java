package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.clusters.helm.ReleaseRenderer.Target;
import dev.hikkoshi.clusters.render.AgeKeys;
import dev.hikkoshi.clusters.render.ChartRenders;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a wanted release to objects, with the real worker and without a cluster. */
class ReleaseRendererIT {

  private static final ReleaseId WEB = new ReleaseId("prod", "web");
  private static final Target TARGET = new Target("v1.37.2", null);
  private static final Map<String, String> SHOWS_VALUES =
      Charts.chart(
          "web", "templates/a.yaml", Charts.configMap("a", "all: {{ .Values | toJson | quote }}"));

  private static RenderPool pool;
  private final TemplateData data =
      new TemplateData(new Facts("shop", "shop-1-37-1", "1.37", "eu-west-1", "111122223333"));
  private ReleaseRenderer renderer;

  @BeforeAll
  static void start() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @BeforeEach
  void open() {
    renderer = ReleaseRenderer.local(pool);
  }

  @Test
  void everyKindOfValuesIsLaidOverTheOneBefore() {
    // Given
    MemoryTree tree = new MemoryTree().with("shop/values/motd", "hello");
    WantedRelease release =
        Charts.release(
            WEB,
            SHOWS_VALUES,
            Charts.file("shop/values/a.yaml", "a: plain\nb: plain\nsure: yes\n"),
            new Values.Template(
                "shop/values/b.yaml.gotmpl",
                bytes("b: {{ readFile \"motd\" }}\ncluster: {{ .Values.clusterName }}\n"),
                tree),
            Charts.values(Map.of("c", "inline", "d", "inline")),
            new Values.InlineTemplate("shop/helmfile.yaml", 3, "d: {{ .Release.Name }}\n", tree),
            new Values.Assign(false, "n", "7", List.of(), false),
            new Values.Assign(false, "list", "", List.of("x", "y"), false),
            new Values.Assign(true, "t", "{{ .Release.Namespace }}", List.of(), true),
            new Values.AssignFile("cert", "shop/cert.pem", bytes("a,b={}")));

    // When
    JsonNode values = values(release);

    // Then
    assertThat(values)
        .hasToString(
            "{\"a\":\"plain\",\"b\":\"hello\",\"c\":\"inline\",\"cert\":\"a,b={}\","
                + "\"cluster\":\"shop-1-37-1\",\"d\":\"web\",\"list\":[\"x\",\"y\"],\"n\":7,"
                + "\"sure\":true,\"t\":\"prod\"}");
  }

  @Test
  void aMistakeInATemplateIsToldInALineOfTheUsersFile() {
    // Given
    MemoryTree tree = new MemoryTree();
    WantedRelease looped =
        Charts.release(
            WEB,
            SHOWS_VALUES,
            new Values.Template(
                "shop/v.yaml.gotmpl",
                bytes("a:\n{{ range until 3 }}\n  - x\n{{ end }}\nb: {}\nc: [\n"),
                tree));
    WantedRelease inline =
        Charts.release(
            WEB,
            SHOWS_VALUES,
            new Values.InlineTemplate("shop/helmfile.yaml", 12, "a: 1\nb: {{ .Nope }}\n", tree));
    WantedRelease set =
        Charts.release(
            WEB,
            SHOWS_VALUES,
            new Values.Assign(
                false, "x", "{{ .Nope }}", List.of(), true, "shop/helmfile.yaml", 21));

    // When, Then
    assertThat(sentence(looped)).startsWith("shop/v.yaml.gotmpl:6:1: after rendering: ");
    assertThat(sentence(inline)).startsWith("shop/helmfile.yaml:12:1: valuesTemplate: ");
    assertThat(sentence(set)).startsWith("shop/helmfile.yaml:21:1: setTemplate x: ");
  }

  private String sentence(WantedRelease release) {
    RenderException failure = catchThrowableOfType(RenderException.class, () -> values(release));
    return RenderFailure.sentence(failure);
  }

  @Test
  void encryptedValuesAreOpenedWithTheConfiguredKey() throws IOException {
    // Given
    Path sealed =
        Path.of(System.getProperty("hikkoshi.root"), "tools", "render", "testdata", "sops");
    byte[] file = Files.readAllBytes(sealed.resolve("suffix.yaml"));
    WantedRelease release =
        Charts.release(WEB, SHOWS_VALUES, new Values.Secret("shop/secrets.yaml", file));
    renderer =
        new ReleaseRenderer(
            pool,
            new ChartRenders(pool, Optional.empty()),
            RemoteCharts.NONE,
            AgeKeys.in(Optional.of(sealed.resolve("keys.txt"))));

    // When
    JsonNode values = values(release);

    // Then
    assertThat(values).hasToString("{\"a\":1,\"b_secret\":\"hidden one\"}");
  }

  @Test
  void withoutAKeyTheFileIsNamed() throws IOException {
    // Given
    Path sealed =
        Path.of(System.getProperty("hikkoshi.root"), "tools", "render", "testdata", "sops");
    byte[] file = Files.readAllBytes(sealed.resolve("suffix.yaml"));
    WantedRelease release =
        Charts.release(WEB, SHOWS_VALUES, new Values.Secret("shop/secrets.yaml", file));

    // When
    RenderException failure = catchThrowableOfType(RenderException.class, () -> values(release));

    // Then
    assertThat(RenderFailure.sentence(failure))
        .startsWith("shop/secrets.yaml: ")
        .contains("no age key file is configured");
  }

  @Test
  void aTemplateIsRenderedAgainWhenAFileThatItReadChanged() {
    // Given
    byte[] text = bytes("v: {{ readFile \"motd\" }}\n");
    MemoryTree before = new MemoryTree().with("shop/motd", "old").with("shop/other", "1");
    MemoryTree same = new MemoryTree().with("shop/motd", "old").with("shop/other", "2");
    MemoryTree after = new MemoryTree().with("shop/motd", "new");

    // When
    String first = request(text, before).hash();
    String again = request(text, same).hash();
    String changed = request(text, after).hash();

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(changed).isNotEqualTo(first);
  }

  @Test
  void aHelperThatAppearsIsSeen() {
    // Given
    byte[] text = bytes("v: {{ if true }}x{{ end }}\n");
    MemoryTree before = new MemoryTree().with("shop/motd", "old");
    MemoryTree broken = new MemoryTree().with("shop/_h.tpl", "{{ if }}");
    request(text, before);

    // When
    RenderException failure =
        catchThrowableOfType(RenderException.class, () -> request(text, broken));

    // Then
    assertThat(RenderFailure.sentence(failure)).startsWith("shop/_h.tpl:1:1: ");
  }

  private ChartRequest request(byte[] template, MemoryTree tree) {
    Values values = new Values.Template("shop/v.yaml.gotmpl", template, tree);
    return renderer.request(Charts.release(WEB, SHOWS_VALUES, values), data, TARGET, 1);
  }

  private JsonNode values(WantedRelease release) {
    ChartRequest request = renderer.request(release, data, TARGET, 1);
    return renderer.render(request, release, null).values();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
