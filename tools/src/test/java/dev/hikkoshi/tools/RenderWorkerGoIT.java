package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The render worker's own tests, which are written in Go, as part of ours. */
class RenderWorkerGoIT {

  @Test
  void theTestsOfTheRenderWorkerPass() throws Exception {
    // Given
    Optional<Path> go = Executables.inPath("go", System.getenv());
    assumeTrue(go.isPresent(), "there is no Go command in PATH");
    // The flags of the tools' own build: everything but the tests themselves is compiled already.
    ProcessBuilder builder =
        new ProcessBuilder(List.of(go.orElseThrow().toString(), "test", "-trimpath", "./..."));
    builder.directory(Path.of(System.getProperty("hikkoshi.root"), "tools", "render").toFile());
    builder.environment().put("CGO_ENABLED", "0");
    Toolbox.standard(InstantSource.system(), ProgressListener.silent())
        .present(Tool.HELM.pinned())
        .ifPresent(helm -> builder.environment().put("HIKKOSHI_TEST_HELM", helm.toString()));

    // When
    Process tests = builder.redirectErrorStream(true).start();
    String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Then
    assertThat(tests.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(tests.exitValue()).as(said).isZero();
  }
}
