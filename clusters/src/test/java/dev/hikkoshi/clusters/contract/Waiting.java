package dev.hikkoshi.clusters.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waits in a world's own time. */
final class Waiting {

  private static final Duration POLL = Duration.ofMillis(250);

  private Waiting() {}

  /** What was looked at last, once it is as wished. */
  static <T> T until(Consumer<Duration> pass, Callable<T> look, Predicate<T> wished) {
    return await()
        .atMost(Duration.ofSeconds(90))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              T seen = look.call();
              if (!wished.test(seen)) {
                pass.accept(POLL);
              }
              return seen;
            },
            wished);
  }
}
