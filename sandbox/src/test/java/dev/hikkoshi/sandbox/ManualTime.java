package dev.hikkoshi.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until told, with timers that run on the thread that advances it. */
public final class ManualTime implements InstantSource, Timers {

  private static final class Entry implements Timer {
    private final Instant at;
    private final long number;
    private final Work work;
    private boolean cancelled;

    private Entry(Instant at, long number, Work work) {
      this.at = at;
      this.number = number;
      this.work = work;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private Instant now;
  private long count;

  public ManualTime(Instant start) {
    now = start;
  }

  public ManualTime() {
    this(Instant.parse("2026-11-24T10:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer after(Duration delay, String what, Work work) {
    Entry entry = new Entry(now.plus(delay), count++, work);
    entries.add(entry);
    return entry;
  }

  @Override
  public Timer every(Duration delay, String what, Work work) {
    Timer[] current = new Timer[1];
    boolean[] stopped = new boolean[1];
    current[0] =
        after(
            delay,
            what,
            () -> {
              work.run();
              if (!stopped[0]) {
                current[0] = every(delay, what, work);
              }
            });
    return () -> {
      stopped[0] = true;
      current[0].cancel();
    };
  }

  /** Moves the clock and runs what has become due, in order, at its own time. */
  public void advance(Duration by) {
    Instant end = instant().plus(by);
    for (Optional<Entry> next = next(end); next.isPresent(); next = next(end)) {
      run(next.get());
    }
    synchronized (this) {
      now = end;
    }
  }

  /** Runs what is due now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  private synchronized Optional<Entry> next(Instant end) {
    entries.removeIf(entry -> entry.cancelled);
    Optional<Entry> next =
        entries.stream()
            .filter(entry -> !entry.at.isAfter(end))
            .min(Comparator.<Entry, Instant>comparing(e -> e.at).thenComparingLong(e -> e.number));
    next.ifPresent(
        entry -> {
          entries.remove(entry);
          now = entry.at.isAfter(now) ? entry.at : now;
        });
    return next;
  }

  private static void run(Entry entry) {
    try {
      entry.work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
