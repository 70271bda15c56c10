package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import dev.hikkoshi.environments.port.Measure.Asked;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Readings made of a provider's values. What is not a finite number is no data. */
final class Blocks {

  /** Counts that are extrapolated from samples may overlap by this much before they contradict. */
  private static final double TOLERANCE = 0.1;

  private static final double MOST = 1e15;

  private Blocks() {}

  static <Q> Observation<Readings> read(
      String what, Provider<Q> provider, Asked<Q> asked, Window window) {
    return switch (asked) {
      case Asked.Value<Q>(Q of) -> provider.ask(of, window).map(Blocks::values);
      case Asked.Ratio<Q>(Q bad, Q total) -> {
        // Before anybody is asked: what is missing in an answer was missing then.
        Instant zeroUntil = provider.zeroUntil(bad, window);
        yield provider
            .ask(total, window)
            .flatMap(
                all ->
                    provider
                        .ask(bad, window)
                        .flatMap(some -> counts(what, some, all, window.period(), zeroUntil)));
      }
    };
  }

  private static Readings values(NavigableMap<Instant, Double> values) {
    List<Value> blocks = new ArrayList<>();
    values.forEach(
        (at, value) -> {
          if (Double.isFinite(value)) {
            blocks.add(new Value(at, value));
          }
        });
    return new Values(blocks);
  }

  private static Observation<Readings> counts(
      String what,
      NavigableMap<Instant, Double> bad,
      NavigableMap<Instant, Double> total,
      Duration length,
      Instant zeroUntil) {
    List<Count> blocks = new ArrayList<>();
    for (var period : total.entrySet()) {
      double all = period.getValue();
      boolean absentIsZero = !period.getKey().plus(length).isAfter(zeroUntil);
      double some = bad.getOrDefault(period.getKey(), absentIsZero ? 0.0 : Double.NaN);
      if (!Double.isFinite(all) || !Double.isFinite(some)) {
        continue;
      }
      if (some < 0 || all < 0 || all > MOST || some > all * (1 + TOLERANCE) + 1) {
        String text = "%s bad of %s at %s".formatted(some, all, period.getKey());
        return Observation.unknown(what, "counts that cannot be: " + text);
      }
      long whole = Math.round(all);
      blocks.add(new Count(period.getKey(), Math.min(Math.round(some), whole), whole));
    }
    return Observation.known(new Counts(blocks));
  }
}
