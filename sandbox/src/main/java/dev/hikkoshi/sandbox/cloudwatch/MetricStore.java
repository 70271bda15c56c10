package dev.hikkoshi.sandbox.cloudwatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** All metrics of the region. They are not kept over a restart. */
public final class MetricStore {

  private final InstantSource clock;
  private final Duration period;
  private final Map<String, Entry> series = new ConcurrentSkipListMap<>();

  private record Entry(MetricId id, Series series) {}

  /**
   * An empty store.
   *
   * @param period how often values are published
   */
  public MetricStore(InstantSource clock, Duration period) {
    this.clock = clock;
    this.period = period;
  }

  /** The series of a metric, made if there is none; keep it, it stays the same. */
  public Series series(MetricId id) {
    return series
        .computeIfAbsent(key(id), key -> new Entry(id, new Series(clock, period)))
        .series();
  }

  Optional<Series> find(MetricId id) {
    return Optional.ofNullable(series.get(key(id))).map(Entry::series);
  }

  /** All metrics, in a fixed order. */
  Stream<MetricId> ids() {
    return series.values().stream().map(Entry::id);
  }

  Duration period() {
    return period;
  }

  private static String key(MetricId id) {
    return id.namespace() + "\n" + id.name() + "\n" + id.dimensions();
  }
}
