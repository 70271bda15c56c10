package dev.hikkoshi.clusters.render;

import static java.lang.Thread.State.TIMED_WAITING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * Whoever has its answer asks again at once, and would be first again and again. The order is
   * taken down while the one process is held: what happens after it is given back is in any order.
   */
  @Test
  void nobodyIsPassedOverByOneWhoAsksAgain() throws Exception {
    try (RenderPool one = new RenderPool(binary, RenderOptions.DEFAULT.withWorkers(1));
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int time = 0; time < 20; time++) {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Future<?> again =
            threads.submit(
                () -> {
                  one.template(
                      reading(
                          () -> {
                            asked.countDown();
                            passes(answered);
                          }));
                  one.template(reading(() -> order.add("asked again")));
                });
        assertThat(passes(asked)).isTrue();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<?> waits =
            threads.submit(
                () -> {
                  waiting.set(Thread.currentThread());
                  one.template(reading(() -> order.add("waited")));
                });
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> waiting.get() != null && waiting.get().getState() == TIMED_WAITING);

        // When
        answered.countDown();
        waits.get();
        again.get();

        // Then
        assertThat(order).containsExactly("waited", "asked again");
      }
    }
  }

  private static boolean passes(CountDownLatch latch) {
    try {
      return latch.await(10, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A template that reads one file, which a process does while it is held. */
  private static TemplateRequest reading(Runnable read) {
    FileTree tree =
        new FileTree() {
          @Override
          public String commit() {
            return "0".repeat(40);
          }

          @Override
          public Optional<byte[]> read(String path) {
            read.run();
            return Optional.of(new byte[0]);
          }

          @Override
          public List<String> files(String directory) {
            return List.of();
          }
        };
    return new TemplateRequest(
        "t",
        "{{ readFile \"f\" }}",
        Frames.JSON.createObjectNode(),
        Map.of(),
        new SnapshotFiles(tree, "", new HelperFiles()));
  }

  private static Message hello() {
    return new Message(Frames.JSON.createObjectNode().put("op", "hello"), null);
  }
}
