package dev.hikkoshi.demo.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The books of one route. Every request is entered before anything is done for it and ends exactly
 * once, so that at any moment {@code sent = answered + failed + under way}: that no request was
 * lost is an identity, not an estimate. Safe for several threads; bounded in size.
 */
public final class Ledger {

  /** How many failed requests of each cause are kept with their details. */
  public static final int DETAILS = 20;

  private final InstantSource clock;
  private final Timeline requests = new Timeline();
  private final SortedMap<String, Long> answered = new TreeMap<>();
  private final SortedMap<String, Instant> last = new TreeMap<>();
  private final Map<Cause, Long> failed = new EnumMap<>(Cause.class);
  private final List<Failure> details = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private long sent;
  private long sentOnNewConnections;

  public Ledger(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A request without a good answer.
   *
   * @param at when it was sent
   * @param detail what was seen, for people
   */
  public record Failure(Instant at, Cause cause, String detail) {}

  /**
   * What the books say at one moment.
   *
   * @param answered good answers by cluster
   * @param last when the latest request was sent that a cluster answered
   * @param details of the first {@value #DETAILS} failures of each cause
   */
  public record Books(
      long sent,
      long sentOnNewConnections,
      SortedMap<String, Long> answered,
      Map<Cause, Long> failed,
      SortedMap<String, Instant> last,
      List<Failure> details,
      Duration median,
      Duration p99) {

    /** Requests without a good answer. */
    public long failures() {
      return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests with a good answer. */
    public long answers() {
      return answered.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests that are still waited for. */
    public long underWay() {
      return sent - answers() - failures();
    }

    /** When the latest request was sent that this cluster answered. */
    public Optional<Instant> last(String cluster) {
      return Optional.ofNullable(last.get(cluster));
    }
  }

  /** One request that is under way. */
  public final class Ticket {

    private final Instant sentAt;
    private boolean ended;

    private Ticket(Instant sentAt) {
      this.sentAt = sentAt;
    }

    /** It was answered well, by this cluster. */
    public void answered(String cluster) {
      synchronized (Ledger.this) {
        end();
        answered.merge(cluster, 1L, Long::sum);
        last.merge(cluster, sentAt, (a, b) -> a.isAfter(b) ? a : b);
        latencies.add(Duration.between(sentAt, clock.instant()));
      }
      requests.add(sentAt, cluster);
    }

    /** There is no good answer. */
    public void failed(Cause cause, String detail) {
      synchronized (Ledger.this) {
        end();
        if (failed.merge(cause, 1L, Long::sum) <= DETAILS) {
          details.add(new Failure(sentAt, cause, detail));
        }
      }
    }

    private void end() {
      if (ended) {
        throw new IllegalStateException("a request ends once");
      }
      ended = true;
    }
  }

  /** Enters a request. */
  public synchronized Ticket sent(boolean onNewConnection) {
    sent++;
    if (onNewConnection) {
      sentOnNewConnections++;
    }
    return new Ticket(clock.instant());
  }

  /** What the books say now. */
  public synchronized Books books() {
    return new Books(
        sent,
        sentOnNewConnections,
        Collections.unmodifiableSortedMap(new TreeMap<>(answered)),
        Map.copyOf(failed),
        Collections.unmodifiableSortedMap(new TreeMap<>(last)),
        List.copyOf(details),
        latencies.within(0.5),
        latencies.within(0.99));
  }

  /** Good answers by cluster, to the requests that were sent in a window. */
  public SortedMap<String, Long> between(Instant from, Instant to) {
    return requests.between(from, to);
  }
}
