package dev.hikkoshi.gitsync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Fetches a source again and again on a thread of its own and tells each result, good or bad, to
 * its listeners. The first fetch is at once; the time between two is the configured one, shortened
 * by a random part of up to a tenth, so that it is also the longest. {@link #hint} fetches sooner.
 */
public final class Poller implements AutoCloseable {

  /** A webhook's storm costs the remote one fetch in this time. */
  public static final Duration HINT_SPACING = Duration.ofSeconds(2);

  private static final Logger LOG = System.getLogger(Poller.class.getName());

  /** Longest sleep: a clock that was set, or a test's that was moved, is seen so soon. */
  private static final long LOOK_MILLIS = 250;

  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final String name;
  private final Supplier<FetchResult> fetch;
  private final InstantSource clock;
  private final PollTimes times;
  private final List<Consumer<FetchResult>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Object lock = new Object();
  private boolean closed;

  private Poller(String name, Supplier<FetchResult> fetch, PollTimes times, InstantSource clock) {
    this.name = name;
    this.fetch = fetch;
    this.times = times;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("git-" + name).unstarted(this::run);
  }

  /**
   * A poller of a source, not yet started.
   *
   * @param random source of the jitter; seeded in tests
   */
  public static Poller of(GitSource source, InstantSource clock, RandomGenerator random) {
    return of(
        source.config().name(), source::fetch, source.config().poll(), HINT_SPACING, clock, random);
  }

  static Poller of(
      String name,
      Supplier<FetchResult> fetch,
      Duration every,
      Duration spacing,
      InstantSource clock,
      RandomGenerator random) {
    return new Poller(name, fetch, new PollTimes(every, spacing, random, clock.instant()), clock);
  }

  /** Adds a listener; it is called on the poller's thread, one result after the other. */
  public Poller onResult(Consumer<FetchResult> listener) {
    listeners.add(listener);
    return this;
  }

  /** Begins; at most once. */
  public Poller start() {
    thread.start();
    return this;
  }

  /** Asks for a fetch now; many hints in a short time are one. */
  public void hint() {
    synchronized (lock) {
      times.hint(clock.instant());
      lock.notifyAll();
    }
  }

  /** Ends after the fetch in work, which is interrupted; returns within ten seconds. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (awaitDue()) {
        tell(fetch.get());
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private boolean awaitDue() throws InterruptedException {
    synchronized (lock) {
      while (!closed) {
        Instant now = clock.instant();
        long millis = Duration.between(now, times.due()).toMillis();
        if (!now.isBefore(times.due())) {
          times.polling(now);
          return true;
        }
        lock.wait(Math.clamp(millis, 1, LOOK_MILLIS));
      }
      return false;
    }
  }

  private void tell(FetchResult result) {
    synchronized (lock) {
      if (closed) {
        return; // an interrupted fetch says nothing about the remote
      }
    }
    for (Consumer<FetchResult> listener : listeners) {
      try {
        listener.accept(result);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a listener of source " + name + " failed", e);
      }
    }
  }
}
