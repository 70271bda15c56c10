package dev.hikkoshi.gitsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.gitsync.FetchResult.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SPACING = Duration.ofSeconds(2);

  private final TestClock clock = new TestClock();
  private final AtomicInteger fetches = new AtomicInteger();

  @Test
  void thePollIntervalIsTheLongestAndJitterShortensIt() {
    // Given
    PollTimes times = new PollTimes(MINUTE, SPACING, new Random(1), TestClock.START);
    assertThat(times.due()).isEqualTo(TestClock.START);

    // When / Then
    Instant now = TestClock.START;
    for (int i = 0; i < 200; i++) {
      times.polling(now);
      assertThat(Duration.between(now, times.due()))
          .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
      now = times.due();
    }
  }

  @Test
  void hintsPollAtOnceButNoFasterThanTheSpacing() {
    // Given
    PollTimes times = new PollTimes(MINUTE, SPACING, new Random(1), TestClock.START);
    times.polling(TestClock.START);

    // When
    times.hint(TestClock.START.plusMillis(100));
    times.hint(TestClock.START.plusMillis(200));

    // Then
    assertThat(times.due()).isEqualTo(TestClock.START.plus(SPACING));

    // When
    times.polling(TestClock.START.plus(SPACING));
    Instant later = TestClock.START.plusSeconds(20);
    times.hint(later);

    // Then
    assertThat(times.due()).isEqualTo(later);
  }

  @Test
  void resultsReachListenersAlsoAfterOneFails() {
    // Given
    List<FetchResult> heard = new CopyOnWriteArrayList<>();
    Poller poller =
        poller()
            .onResult(
                r -> {
                  throw new IllegalStateException("a listener that fails");
                })
            .onResult(heard::add);

    // When
    try (poller) {
      poller.start();
      await().until(() -> heard.size() == 1);
      clock.advance(MINUTE);
      await().until(() -> heard.size() == 2);
      clock.advance(SPACING);
      poller.hint();

      // Then
      await().until(() -> heard.size() == 3);
      assertThat(heard).allSatisfy(r -> assertThat(r).isInstanceOf(Head.class));
    }
  }

  @Test
  void aListenerThatRunsOutOfMemoryDoesNotEndThePolling() {
    // Given
    AtomicInteger told = new AtomicInteger();
    Poller poller =
        poller()
            .onResult(
                r -> {
                  told.incrementAndGet();
                  throw new OutOfMemoryError("Java heap space");
                });

    // When
    try (poller) {
      poller.start();
      await().until(() -> told.get() == 1);
      clock.advance(MINUTE);

      // Then
      await().until(() -> told.get() == 2);
    }
  }

  @Test
  void closingEndsAFetchInWorkAndTellsNothing() throws InterruptedException {
    // Given
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<FetchResult> heard = new CopyOnWriteArrayList<>();
    Poller poller =
        Poller.of(
                "s",
                () -> {
                  began.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException _) {
                    ended.countDown();
                  }
                  return head();
                },
                MINUTE,
                SPACING,
                clock,
                new Random(1))
            .onResult(heard::add)
            .start();
    began.await();

    // When
    poller.close();

    // Then
    assertThat(ended.getCount()).isZero();
    assertThat(heard).isEmpty();
  }

  private Poller poller() {
    return Poller.of("s", this::head, MINUTE, SPACING, clock, new Random(1));
  }

  private FetchResult head() {
    return new Head(Integer.toString(fetches.incrementAndGet()), clock.instant());
  }
}
