package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of renders, and what never is, with the real worker. */
class RenderStoreIT {

  private static final long MOST = 1L << 20;

  private static RenderPool pool;
  @TempDir Path temporary;
  private Path folder;
  private ChartRenders renders;

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
    folder = temporary.resolve("renders");
    renders = renders();
  }

  @Test
  void aRenderIsReadBackAsItWas() throws IOException {
    // Given
    ChartRequest request = request("v: {{ .Values.v }}", new ValuesFile.Text("v.yaml", "v: 7\n"));

    // When
    RenderedChart first = renders.chart(request, null);
    RenderedChart again = renders().chart(request, null);

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(kept()).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void anotherValueIsAnotherRender() throws IOException {
    // When
    renders.chart(request("v: {{ .Values.v }}", new ValuesFile.Text("v.yaml", "v: 7\n")), null);
    renders.chart(request("v: {{ .Values.v }}", new ValuesFile.Text("v.yaml", "v: 8\n")), null);

    // Then
    assertThat(kept()).hasSize(2);
  }

  @Test
  void whatIsRandomOrDatedIsNotKept() throws IOException {
    // When
    renders.chart(request("v: {{ randAlphaNum 20 }}"), null);
    renders.chart(request("v: {{ now | date \"2006-01-02\" }}"), null);

    // Then
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatAClusterAnsweredIsNotKept() throws IOException {
    // When
    renders.chart(
        request("v: {{ (lookup \"v1\" \"Secret\" \"a\" \"b\") | len }}"), _ -> Optional.empty());

    // Then
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatWasEncryptedIsNeitherAskedForNorKept() throws IOException {
    // Given
    Path sealed =
        Path.of(System.getProperty("hikkoshi.root"), "tools", "render", "testdata", "sops");
    String text = Files.readString(sealed.resolve("types.yaml"));
    ReleaseValues values =
        new ReleaseValues(
            List.of(new ValuesFile.Encrypted("secrets.yaml", text)),
            List.of(),
            List.of(),
            Map.of(),
            AgeKeys.in(Optional.of(sealed.resolve("keys.txt"))));

    // When
    RenderedChart chart =
        renders.chart(request("v: {{ .Values.db.password | quote }}", values), null);

    // Then
    assertThat(chart.objects().getFirst().object().at("/data/v").asText()).isEqualTo("p4ss: word");
    assertThat(kept()).isEmpty();
  }

  @Test
  void onceAnythingWasDecryptedNothingIsKeptAnyMore() throws IOException {
    // Given
    Path sealed =
        Path.of(System.getProperty("hikkoshi.root"), "tools", "render", "testdata", "sops");
    try (RenderPool own = new RenderPool(pool.worker(), RenderOptions.DEFAULT)) {
      SopsSecrets secrets =
          new SopsSecrets(() -> own, AgeKeys.in(Optional.of(sealed.resolve("keys.txt"))));

      // When
      Secrets.Result opened =
          secrets.open("prod/s.yaml", Files.readAllBytes(sealed.resolve("documents.yaml")));
      new ChartRenders(own, Optional.of(new RenderStore(folder, MOST, InstantSource.system())))
          .chart(request("v: second"), null);

      // Then
      assertThat(opened).isEqualTo(new Secrets.Opened(Map.of("a", "second")));
      assertThat(kept()).isEmpty();
    }
  }

  @Test
  void aChangedFileStaysSealed() throws IOException {
    // Given
    Path sealed =
        Path.of(System.getProperty("hikkoshi.root"), "tools", "render", "testdata", "sops");
    String changed = Files.readString(sealed.resolve("types.yaml")).replace(": seen", ": forged");
    SopsSecrets secrets =
        new SopsSecrets(() -> pool, AgeKeys.in(Optional.of(sealed.resolve("keys.txt"))));

    // When
    Secrets.Result result = secrets.open("prod/s.yaml", bytes(changed));

    // Then
    assertThat(result)
        .isInstanceOfSatisfying(
            Secrets.Sealed.class, s -> assertThat(s.message()).contains("MAC does not fit"));
  }

  @Test
  void aDamagedFileIsRenderedAgain() throws IOException {
    // Given
    ChartRequest request = request("v: x");
    RenderedChart first = renders.chart(request, null);
    Path file = kept().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    // When
    RenderedChart again = renders().chart(request, null);

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(Files.readAllBytes(kept().getFirst())).isNotEqualTo(content);
  }

  @Test
  void theFolderStaysBounded() throws IOException {
    // Given
    ChartRenders small =
        new ChartRenders(pool, Optional.of(new RenderStore(folder, 4_000, InstantSource.system())));

    // When
    for (int i = 0; i < 20; i++) {
      small.chart(request("v: x" + i), null);
    }

    // Then
    long bytes = 0;
    for (Path file : kept()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(5_000).isPositive();
  }

  private ChartRenders renders() {
    return new ChartRenders(
        pool, Optional.of(new RenderStore(folder, MOST, InstantSource.system())));
  }

  private List<Path> kept() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static ChartRequest request(String data, ValuesFile... values) {
    return request(data, ReleaseValues.of(List.of(values)));
  }

  private static ChartRequest request(String data, ReleaseValues values) {
    return new ChartRequest(
        new ChartFiles.Folder(
            Map.of(
                "Chart.yaml",
                bytes("apiVersion: v2\nname: shop\nversion: 1.2.3\n"),
                "templates/a.yaml",
                bytes("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  " + data))),
        values,
        new ChartRequest.Release("web", "prod", 1),
        "v1.37.2",
        null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
