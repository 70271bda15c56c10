package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with reading and what is wrong with rendering, told by one run. */
class RenderAllProblemsIT {

  private static final String WEB = "- {name: web, chart: ./web, values: [{color: red}]}\n";

  @TempDir private Path folder;

  @BeforeAll
  static void worker() {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built: ./hikkoshi tools build render");
  }

  /** One chart that refuses its values, one whose template fails, and a good one. */
  @BeforeEach
  void charts() throws IOException {
    chart("web", "a: {{ .Values.color }}\n");
    write("web/values.schema.json", "{\"properties\": {\"color\": {\"type\": \"integer\"}}}\n");
    chart("api", "a: {{ fail \"no such luck\" }}\n");
    chart("good", "a: 1\n");
  }

  private void chart(String name, String template) throws IOException {
    String own = name.substring(name.lastIndexOf('/') + 1);
    write(name + "/Chart.yaml", "apiVersion: v2\nname: %s\nversion: 1.0.0\n".formatted(own));
    write(name + "/templates/all.yaml", template);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Terminal.Result render(String helmfile) throws IOException {
    write("helmfile.yaml", helmfile);
    return new Terminal().in(folder).run("render", "--render-cache", "off");
  }

  @Test
  void releasesThatCouldBeReadAreRenderedForTheirProblems() throws IOException {
    // When
    Terminal.Result result =
        render(
            "releases:\n- {name: no, chart: ./none}\n- {name: api, chart: ./api}\n"
                + WEB
                + "- {name: good, chart: ./good}\n");

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsSubsequence(
            "helmfile.yaml:2:",
            "there is no chart in none",
            "✗ default/api: ",
            "no such luck",
            "✗ default/web: ",
            "color",
            "the helmfile is not good; the lines above say where")
        .doesNotContain("default/no:", "default/good");
  }

  @Test
  void whatMayFailOnlyForWantOfValuesIsNotRendered() throws IOException {
    // When
    Terminal.Result result = render("values: [none.yaml]\n---\nreleases:\n" + WEB);

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.err()).contains("there is no file none.yaml").doesNotContain("✗");
  }

  @Test
  void filesOfAChartAreNamedFromWhereTheUserStands() throws IOException {
    // Given
    Files.createDirectory(folder.resolve(".git"));
    chart("envs/shop/own", "a: {{ fail \"not here either\" }}\n");
    write("envs/shop/helmfile.yaml", "releases:\n- {name: own, chart: ./own}\n");

    // When
    Terminal.Result result =
        new Terminal().in(folder.resolve("envs")).run("render", "shop", "--render-cache", "off");

    // Then
    assertThat(result.exit()).isEqualTo(Exit.ERROR.code());
    assertThat(result.err())
        .contains("✗ default/own: shop/own/templates/all.yaml:1:7: ", "not here either");
  }
}
