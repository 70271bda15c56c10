package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Instant;
import java.util.NavigableMap;

/**
 * One provider of metrics, and how it is asked.
 *
 * @param <Q> how a question is put
 */
interface Provider<Q> {

  /**
   * Values by the start of their period, of those periods of the window that are over. A period
   * without a value is not in the map; a failure, also of one part of the answer, is unknown.
   */
  Observation<NavigableMap<Instant, Double>> ask(Q question, Window window);

  /**
   * Until when a period that is over, in which {@code total} has a value and {@code bad} has none,
   * had no bad events. Only where the provider says so: a misspelt metric has no values either.
   */
  default Instant zeroUntil(Q bad, Window window) {
    return Instant.MIN;
  }
}
