package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.clusters.testing.ChartServer;
import dev.hikkoshi.clusters.testing.Tarball;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} tells what reading finds and what rendering finds in one pass. */
class ValidateRendersIT {

  private static final Path SAMPLE = Path.of("..", "docs", "sample");
  private static final String API_VALUES = "shop/values/api.yaml.gotmpl";
  private static final String WEB_SERVICE = "shop/charts/web/templates/service.yaml";
  private static final String HELMFILE = "shop/helmfile.yaml";

  @TempDir private Path folder;

  @BeforeAll
  static void worker() {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built: ./hikkoshi tools build render");
  }

  @BeforeEach
  void sample() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(SAMPLE.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
  }

  private void add(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, (Files.exists(path) ? Files.readString(path) : "") + text);
  }

  private int lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).size();
  }

  private Terminal.Result validate(String... more) {
    List<String> words = new ArrayList<>(List.of("validate"));
    words.addAll(List.of(more));
    return new Terminal().in(folder).run(words.toArray(String[]::new));
  }

  @Test
  void aGoodFolderIsRenderedWhole() {
    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).containsPattern("shop +shop +2 +✓ good");
  }

  @Test
  void everyReleaseThatDoesNotRenderIsToldInTheUsersFiles() throws IOException {
    // Given
    add(API_VALUES, "bad: {{ .Values.nope }}\n");
    add(WEB_SERVICE, "# {{ fail \"no such luck\" }}\n");

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.out())
        .contains("✗ 2 problems")
        .containsSubsequence(
            WEB_SERVICE + ":" + lines(WEB_SERVICE) + ":6: web/web does not render: ",
            "no such luck",
            " | # {{ fail \"no such luck\" }}",
            API_VALUES + ":" + lines(API_VALUES) + ":",
            "api/api does not render: ",
            "nope");
  }

  @Test
  void aColumnIsCountedInCharacters() throws IOException {
    // Given
    add(WEB_SERVICE, "# 引っ越し {{ fail \"no such luck\" }}\n");

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.out()).contains(WEB_SERVICE + ":" + lines(WEB_SERVICE) + ":11: ");
  }

  @Test
  void violationsOfASchemaAreToldWhereTheValuesStand() throws IOException {
    // Given
    add(
        "shop/charts/web/values.schema.json",
        """
        {"properties": {"color": {"type": "integer"}, "size": {"type": "integer"},
         "replicas": {"type": "string"}, "inline": {"type": "integer"}}}
        """);
    add("shop/values/web.yaml.gotmpl", "color: red\n");
    add("shop/charts/web/values.yaml", "size: large\n");
    String helmfile = Files.readString(folder.resolve(HELMFILE));
    Files.writeString(
        folder.resolve(HELMFILE),
        helmfile.replace(
            "- values/web.yaml.gotmpl", "- values/web.yaml.gotmpl\n      - {inline: text}"));

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.out())
        .contains(
            "shop/charts/web/values.yaml:%d:".formatted(lines("shop/charts/web/values.yaml")),
            "/size: ",
            "shop/values/web.yaml.gotmpl:%d:".formatted(lines("shop/values/web.yaml.gotmpl")),
            "/color: ",
            "shop/helmfile.yaml:7:",
            "/inline: ")
        .doesNotContain("| color: red");
  }

  @Test
  void whatReadingFindsStandsBesideItByFileAndLine() throws IOException {
    // Given
    add(HELMFILE, "  - {name: gone, namespace: web, chart: ./charts/none}\n");
    add(WEB_SERVICE, "# {{ fail \"no such luck\" }}\n");

    // When
    Terminal.Result result = validate();
    JsonNode json = JsonMapper.builder().build().readTree(validate("-o", "json").out());

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.out())
        .containsPattern("shop +shop +2 of 3 +✗ 2 problems")
        .containsSubsequence(
            WEB_SERVICE + ":",
            HELMFILE + ":" + lines(HELMFILE) + ":",
            "there is no chart in shop/charts/none",
            "Not rendered of shop:",
            "  web/gone: what is wrong with it comes first");
    JsonNode environment = json.at("/environments/0");
    assertThat(environment.path("problems").findValuesAsText("file"))
        .containsExactly(WEB_SERVICE, HELMFILE);
    assertThat(environment.path("good").asBoolean()).isFalse();
    assertThat(environment.path("rendered").asInt()).isEqualTo(2);
    assertThat(environment.at("/notRendered/0/release").asText()).isEqualTo("web/gone");
  }

  @Test
  void aClusterFileThatIsWrongElsewhereKeepsNothingFromBeingRendered() throws IOException {
    // Given
    add("shop/cluster.yaml", "nonsense: 1\n");
    add(API_VALUES, "bad: {{ .Values.kubernetesVersion }}{{ .Values.nope }}\n");

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.out())
        .containsSubsequence(
            "shop/cluster.yaml:", "unknown key", API_VALUES + ":", "api/api does not render");
  }

  @Test
  void withoutAVersionNothingIsRenderedAndThatIsSaid() throws IOException {
    // Given
    Path cluster = folder.resolve("shop/cluster.yaml");
    Files.writeString(cluster, Files.readString(cluster).replace("\"1.36\"", "latest"));
    add(API_VALUES, "bad: {{ .Values.nope }}\n");

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.out())
        .contains("shop/cluster.yaml:6:")
        .contains("  api/api: the files do not say yet what its cluster would be")
        .doesNotContain("does not render");
  }

  @Test
  void aChartServerThatIsAwayIsNoMistakeOfTheFilesAndNotGoodEither() throws IOException {
    // Given
    add(HELMFILE, "  - {name: far, namespace: web, chart: away/far, version: 1.0.0}\n");
    Files.writeString(
        folder.resolve(HELMFILE),
        Files.readString(folder.resolve(HELMFILE))
            .replace(
                "---\n", "---\nrepositories:\n  - {name: away, url: \"http://127.0.0.1:1\"}\n"));

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.exit()).as(result.out()).isEqualTo(Exit.UNREADABLE.code());
    assertThat(result.out())
        .contains("✓ good")
        .contains("  web/far: " + HELMFILE + ":")
        .contains("127.0.0.1:1");
  }

  @Test
  void aTemplateOfAChartFromElsewhereIsToldWhereTheReleaseStands() throws IOException {
    // Given
    try (ChartServer server = new ChartServer()) {
      server
          .index("far", new TreeMap<>(Map.of("1.4.0", "b.tgz", "2.0.0", "c.tgz")))
          .file(
              "/b.tgz",
              Tarball.chart("far", "1.4.0")
                  .file("far/templates/a.yaml", "a: {{ required \"a is needed\" .Values.a }}\n")
                  .packed());
      add(HELMFILE, "  - {name: far, namespace: web, chart: there/far, version: ^1}\n");
      Files.writeString(
          folder.resolve(HELMFILE),
          Files.readString(folder.resolve(HELMFILE))
              .replace(
                  "---\n",
                  "---\nrepositories:\n  - {name: there, url: \"%s\"}\n".formatted(server.url())));

      // When
      Terminal.Result result =
          new Terminal()
              .in(folder)
              .variable("XDG_CACHE_HOME", folder.resolve(".cache").toString())
              .run("validate");

      // Then
      assertThat(result.exit()).as(result.out()).isEqualTo(Exit.ERROR.code());
      assertThat(result.out())
          .contains(
              HELMFILE
                  + ":%d:12: web/far does not render: far/templates/a.yaml:1 of the chart %s far ^1: "
                      .formatted(lines(HELMFILE), server.url()),
              "a is needed");
    }
  }

  @Test
  void whatIsWrongWithOneChartIsToldOnceForAllItsReleases() throws IOException {
    // Given
    add(HELMFILE, "  - {name: web, namespace: other, chart: ./charts/web}\n");
    add(WEB_SERVICE, "# {{ fail \"no such luck\" }}\n");

    // When
    Terminal.Result result = validate();

    // Then
    assertThat(result.out()).contains("✗ 1 problem").contains("other/web, web/web do not render: ");
  }

  @Test
  void onlyReadingIsAskedForByAFlag() throws IOException {
    // Given
    add(WEB_SERVICE, "# {{ fail \"no such luck\" }}\n");

    // When
    Terminal.Result result = validate("--no-render");

    // Then
    assertThat(result.exit()).as(result.out()).isZero();
  }
}
