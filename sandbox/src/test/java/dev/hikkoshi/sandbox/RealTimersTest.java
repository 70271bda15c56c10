package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RealTimersTest {

  @Test
  void theEndWaitsForWorkThatWasBegun() throws InterruptedException {
    // Given
    RealTimers timers = new RealTimers();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    timers.after(
        Duration.ZERO,
        "work",
        () -> {
          begun.countDown();
          ends.await();
          done.set(true);
        });
    begun.await();

    // When
    Thread closing = Thread.ofVirtual().start(timers::close);
    ends.countDown();
    closing.join();

    // Then
    assertThat(done).isTrue();
  }
}
