package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.RepeatedTest;

/** How a pod's threads hear of its end. */
class StoppingTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @RepeatedTest(2_000)
  void whoWakesBecauseItIsGoneSeesThatItIs() throws ExecutionException, InterruptedException {
    // Given
    Stopping stopping = new Stopping();
    FutureTask<Boolean> woken =
        new FutureTask<>(
            () -> {
              while (!stopping.ending()) {
                Thread.onSpinWait();
              }
              return stopping.gone();
            });
    Thread.ofPlatform().start(woken);

    // When
    stopping.go();

    // Then
    assertThat(woken.get()).isTrue();
    assertThat(stopping.pause(LONG)).isFalse();
  }
}
