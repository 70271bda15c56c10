package dev.hikkoshi.clusters.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many processes a pool has, and which of them answers. */
class WorkersIT {

  private static Path binary;

  @BeforeAll
  static void find() {
    Optional<Path> worker =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned());
    assumeTrue(worker.isPresent(), "the render worker is not built: ./hikkoshi tools build render");
    binary = worker.orElseThrow();
  }

  @Test
  void oneRequestAfterTheOtherIsAnsweredByTheProcessThatWasStartedBefore() {
    // Given
    try (Workers workers = new Workers(binary, RenderOptions.DEFAULT.withWorkers(3))) {
      workers.start();

      // When
      for (int i = 0; i < 5; i++) {
        workers.ask(hello(), Questions.NONE, RenderOptions.DEFAULT.deadline());
      }

      // Then
      assertThat(workers.processes()).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeStartedBeforeIsToldByTheRequest() {
    // Given
    Path nowhere = binary.resolveSibling("nosuch");
    try (RenderPool broken = new RenderPool(nowhere, RenderOptions.DEFAULT)) {
      broken.start();

      // When, Then
      assertThatExceptionOfType(RenderException.class)
          .isThrownBy(broken::hello)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(RenderException.Kind.UNAVAILABLE));
    }
  }

  private static Message hello() {
    return new Message(Frames.JSON.createObjectNode().put("op", "hello"), null);
  }
}
