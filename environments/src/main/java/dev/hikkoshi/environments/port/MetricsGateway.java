package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Providers of metrics, whichever a check names. It only reads. */
public interface MetricsGateway {

  /**
   * One side of one route, over whole periods. Three answers are told apart: a provider that could
   * not be asked, or that answered nonsense, is unknown; a period without data is not in the
   * readings; a period in which nothing happened is there with zero. A period that is not complete
   * yet is left out as if it had no data.
   *
   * @return {@link Readings.Counts} if the measure {@link Measure#counts counts}, else {@link
   *     Readings.Values}
   */
  Observation<Readings> read(Measure measure, Side side, Window window);

  /** For a process to which no provider is known. */
  static MetricsGateway none() {
    return (measure, _, _) ->
        Observation.unknown(measure.word(), "no provider of metrics is configured here");
  }

  /**
   * The side that is asked about, with what its load balancer is for measures of the route itself.
   *
   * @param cluster its name, or the external side's
   * @param namespace of the route's backend
   * @param balancerArn of the load balancer that requests of this side pass through; empty where
   *     none is known
   * @param groupArn only requests that went to this target group
   * @param role with which the load balancer's account is read
   */
  record Side(
      String environment,
      String route,
      String cluster,
      String namespace,
      Optional<String> balancerArn,
      Optional<String> groupArn,
      Optional<String> role) {

    /** Fills in the placeholders of {@link Measure}. */
    public String fill(String text, Duration period) {
      return text.replace("{{environment}}", environment)
          .replace("{{route}}", route)
          .replace("{{cluster}}", cluster)
          .replace("{{namespace}}", namespace)
          .replace("{{period}}", period.toSeconds() + "s")
          .replace("{{seconds}}", Long.toString(period.toSeconds()));
    }
  }

  /**
   * Whole periods.
   *
   * @param from inclusive, the start of a period
   * @param to exclusive, the end of a period
   */
  record Window(Instant from, Instant to, Duration period) {

    /** How many periods it has. */
    public long periods() {
      return Duration.between(from, to).dividedBy(period);
    }
  }
}
