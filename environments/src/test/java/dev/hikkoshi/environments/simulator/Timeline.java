package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The world's time, and what is due in it. It passes only in {@link World#pass}. */
final class Timeline implements InstantSource {

  private final SplittableRandom random;
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparing(Later::at).thenComparing(Later::order));
  private final PriorityQueue<Instant> due = new PriorityQueue<>();
  private Instant now = Instant.parse("2026-11-24T01:00:00Z");
  private int order;

  Timeline(SplittableRandom random) {
    this.random = random;
  }

  /** Something that happens at its time. */
  private record Later(Instant at, int order, Runnable what) {}

  @Override
  public Instant instant() {
    return now;
  }

  /** Goes on by so much; what is due on the way happens in order. */
  void advance(Duration time) {
    Instant until = now.plus(time);
    while (!later.isEmpty() && !later.peek().at().isAfter(until)) {
      Later next = later.remove();
      now = next.at();
      next.what().run();
    }
    now = until;
  }

  boolean past(Instant at) {
    return !at.isAfter(now);
  }

  /** Something happens after so long. */
  void after(Duration time, Runnable what) {
    later.add(new Later(due(now.plus(time)), order++, what));
  }

  /** A time that is drawn, at which something of the world is another than before. */
  Instant in(int leastSeconds, int mostSeconds) {
    return due(now.plusSeconds(leastSeconds + random.nextInt(mostSeconds - leastSeconds + 1)));
  }

  /** Something of the world is another from then on than before. */
  Instant due(Instant when) {
    due.add(when);
    return when;
  }

  /** The next moment at which something of the world is another than now, as far as it is known. */
  Optional<Instant> next() {
    while (!due.isEmpty() && past(due.peek())) {
      due.remove();
    }
    return Optional.ofNullable(due.peek());
  }
}
