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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor over files, with the real render worker. */
class DoctorIT {

  private static final Path SAMPLE = Path.of("..", "docs", "sample");

  @TempDir private Path folder;

  @BeforeAll
  static void worker() {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built: ./hikkoshi tools build");
  }

  private void sample() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(SAMPLE.relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
      }
    }
  }

  private void job(String word) throws IOException {
    Files.writeString(
        folder.resolve("shop/charts/web/templates/job.yaml"),
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: close-day}
        spec: {schedule: "0 1 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: []}}}}}
        """);
    Path environment = folder.resolve("shop/environment.yaml");
    if (!word.isEmpty()) {
      Files.writeString(
          environment,
          Files.readString(environment)
              + "  outside:\n    - {object: batch/v1/CronJob/web/close-day, as: %s}\n"
                  .formatted(word));
    }
  }

  @Test
  void theSampleHasNothingToSettle() throws IOException {
    // Given
    sample();

    // When
    Terminal.Result result = new Terminal().in(folder).run("doctor", "--folder", ".");

    // Then
    assertThat(result.out()).contains("shop: 0 to settle, 0 unknown");
    assertThat(result.exit()).isZero();
  }

  @Test
  void anEffectIsToldWithItsTemplateAndSettledByTheLineThatWasPrinted() throws IOException {
    // Given
    sample();
    job("");

    // When
    Terminal.Result before = new Terminal().in(folder).run("doctor", "--folder", ".", "-o", "json");
    job("serving-only");
    Terminal.Result after = new Terminal().in(folder).run("doctor", "shop", "--offline");

    // Then
    assertThat(before.exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(before.out())
        .contains("web/templates/job.yaml of release web/web")
        .contains("- {object: batch/v1/CronJob/web/close-day, as: serving-only");
    assertThat(after.exit()).as(after.out()).isZero();
  }

  @Test
  void withoutAnEnvironmentItSaysWhatIsMissing() {
    Terminal.Result result = new Terminal().in(folder).run("doctor");
    assertThat(result.exit()).isEqualTo(Exit.USAGE.code());
    assertThat(result.err()).contains("hikkoshi doctor ENV, or --folder DIR");
  }
}
