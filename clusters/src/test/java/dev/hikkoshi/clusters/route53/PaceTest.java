package dev.hikkoshi.clusters.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

class PaceTest {

  private final AtomicLong now = new AtomicLong(17);
  private final Pace pace = new Pace(5, now::get, now::addAndGet);

  private int inTheFirst(Duration time) {
    long end = now.get() + time.toNanos();
    int calls = 0;
    while (true) {
      pace.take();
      if (now.get() >= end) {
        return calls;
      }
      calls++;
    }
  }

  @Test
  void fiveGoAtOnceAndThenFiveASecond() {
    // When
    int calls = inTheFirst(Duration.ofSeconds(10));
    // Then
    assertThat(calls).isBetween(50, 55);
  }

  @Test
  void restIsNotSavedUpBeyondASecond() {
    // Given
    inTheFirst(Duration.ofSeconds(3));
    now.addAndGet(Duration.ofHours(1).toNanos());
    // When
    int calls = inTheFirst(Duration.ofSeconds(1));
    // Then
    assertThat(calls).isBetween(5, 10);
  }

  @Test
  void whoIsInterruptedDoesNotCall() {
    // Given
    Pace slow =
        new Pace(
            1,
            now::get,
            _ -> {
              throw new InterruptedException();
            });
    slow.take();
    // When, Then
    assertThatThrownBy(slow::take).isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
