package dev.hikkoshi.sandbox.lbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  private final ManualTime time = new ManualTime();
  private final WorkQueue queue = new WorkQueue("test", time);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void whatIsAskedForTwiceIsDoneOnce() {
    AtomicInteger last = new AtomicInteger();
    queue.add("a", runs::incrementAndGet);
    queue.add("a", runs::incrementAndGet);
    queue.add("z", last::incrementAndGet);

    queue.start();

    await().until(() -> last.get() == 1);
    assertThat(runs).hasValue(1);
  }

  @Test
  void whatWasNotPossibleIsTriedAgainLater() {
    AtomicInteger done = new AtomicInteger();
    queue.add(
        "a",
        () -> {
          if (runs.incrementAndGet() < 3) {
            throw new WorkQueue.Again();
          }
          done.incrementAndGet();
        });
    queue.start();

    await().until(() -> runs.get() == 1);
    await().until(() -> advanced(done));
    assertThat(runs).hasValue(3);
  }

  private boolean advanced(AtomicInteger done) {
    time.advance(Duration.ofSeconds(1));
    return done.get() == 1;
  }
}
