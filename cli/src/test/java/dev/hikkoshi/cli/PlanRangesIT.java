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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} and ranges of chart versions: the real helm, servers on loopback. */
class PlanRangesIT {

  private static final String HELMFILE = "shop/helmfile.yaml";

  @TempDir private Path folder;
  private ChartServer server;
  private SampleRepository repository;

  @BeforeAll
  static void tools() {
    Toolbox toolbox = Toolbox.standard(InstantSource.system(), ProgressListener.silent());
    assumeTrue(
        toolbox.present(Tool.RENDER.pinned()).isPresent()
            && toolbox.present(Tool.HELM.pinned()).isPresent(),
        "helm and the render worker are not built: ./hikkoshi tools build");
  }

  @BeforeEach
  void open() throws IOException {
    server = new ChartServer();
    repository = SampleRepository.in(Files.createDirectory(folder.resolve("origin")));
    server.index(
        "far", new TreeMap<>(Map.of("1.2.3", "a.tgz", "1.4.0", "b.tgz", "2.0.0", "c.tgz")));
    server.file("/b.tgz", Tarball.chart("far", "1.4.0").packed());
  }

  @AfterEach
  void close() {
    server.close();
    repository.close();
  }

  private void release(String repositories, String release) {
    repository.replace(HELMFILE, "---\n", "---\nrepositories: [%s]\n".formatted(repositories));
    repository.replace(HELMFILE, "releases:\n", "releases:\n  - %s\n".formatted(release));
  }

  private void fromRepository(String version) {
    release(
        "{name: there, url: \"%s\"}".formatted(server.url()),
        "{name: far, namespace: web, chart: there/far, version: \"%s\"}".formatted(version));
  }

  private Terminal.Result plan(String... more) {
    List<String> words = new ArrayList<>(List.of("plan", "shop"));
    words.addAll(List.of(more));
    return new Terminal()
        .in(folder.resolve("origin"))
        .variable("XDG_CACHE_HOME", folder.resolve("cache").toString())
        .run(words.toArray(String[]::new));
  }

  private static JsonNode chart(Terminal.Result result) throws IOException {
    assertThat(result.exit()).as(result.err()).isEqualTo(Exit.CHANGES.code());
    return JsonMapper.builder().build().readTree(result.out()).at("/charts/0");
  }

  @Test
  void aRangeOfARepositoryIsTheNewestThatItHas() throws IOException {
    // Given
    fromRepository("^1");

    // When
    Terminal.Result result = plan();
    JsonNode chart = chart(plan("-o", "json"));

    // Then
    assertThat(result.out())
        .contains(
            "Charts:", "  web/far: %s far ^1 is 1.4.0 (the newest now)".formatted(server.url()));
    assertThat(chart.path("release").asText()).isEqualTo("web/far");
    assertThat(chart.path("version").asText()).isEqualTo("1.4.0");
  }

  @Test
  void aRangeOfARegistryIsAskedOfItsTags() throws IOException {
    // Given
    server.push("charts/far", "far", "1.2.3", Tarball.chart("far", "1.2.3").packed());
    release(
        "{name: there, url: \"127.0.0.1:%d/charts\", oci: true, plainHttp: true}"
            .formatted(server.port()),
        "{name: far, namespace: web, chart: there/far, version: ~1.2}");

    // When
    JsonNode chart = chart(plan("-o", "json"));

    // Then
    assertThat(chart.path("chart").asText()).endsWith("/charts/far:~1.2");
    assertThat(chart.path("version").asText()).as(chart.toString()).isEqualTo("1.2.3");
  }

  @Test
  void aRangeOfACommitIsSettledToo() throws IOException {
    // Given
    fromRepository("~1.4");
    repository.commit("a range");

    // When
    JsonNode chart = chart(plan("--git", repository.url(), "-o", "json"));

    // Then
    assertThat(chart.path("version").asText()).isEqualTo("1.4.0");
  }

  @Test
  void offlineNobodyIsAskedAndThatIsSaid() throws IOException {
    // Given
    fromRepository("^1");

    // When
    Terminal.Result result = plan("--offline");

    // Then
    assertThat(result.exit()).isEqualTo(Exit.CHANGES.code());
    assertThat(result.out())
        .contains(
            "far ^1 is not known (--offline asks nobody; the controller asks when it reads the commit)");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsNamedAndTheRestIsPlanned() throws IOException {
    // Given
    release(
        "{name: there, url: \"http://127.0.0.1:1\"}",
        "{name: far, namespace: web, chart: there/far, version: ^1}");

    // When
    JsonNode chart = chart(plan("-o", "json"));

    // Then
    assertThat(chart.path("version").asText()).isEmpty();
    assertThat(chart.path("why").asText())
        .contains("http://127.0.0.1:1")
        .endsWith("; the controller asks again until it knows");
  }

  @Test
  void whatALockFileSaysIsAskedOfNobody() throws IOException {
    // Given
    fromRepository("^1");
    Files.writeString(
        folder.resolve("origin/shop/helmfile.lock"),
        """
        version: 1.8.0
        dependencies: [{name: far, repository: "%s", version: 1.2.3}]
        """
            .formatted(server.url()));

    // When
    JsonNode chart = chart(plan("-o", "json"));

    // Then
    assertThat(chart.isMissingNode()).isTrue();
    assertThat(server.asked()).isEmpty();
  }
}
