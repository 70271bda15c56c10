package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.collection.Sorted;
import java.util.SortedMap;

/**
 * What a check of {@code move.checks} looks at: the same question is put for each side of a route
 * and for the same periods.
 *
 * <p>In texts of a declaration {@code {{environment}}}, {@code {{route}}}, {@code {{cluster}}} (the
 * side that is asked about), {@code {{namespace}}} (of the route's backend), {@code {{period}}}
 * (for example {@code 60s}) and {@code {{seconds}}} (the same as a plain number) are filled in
 * before anybody is asked; nothing else is.
 */
public sealed interface Measure {

  /** The provider's word in a definition, for messages. */
  String word();

  /** Whether the answer is counts of bad among all, or a number for each period. */
  boolean counts();

  /**
   * Errors that users of the route saw, as the route's own load balancer counts them: answers 5xx
   * of its targets and of itself, among its requests. Written {@code cloudwatch: {route: errors}}.
   */
  record RouteErrors() implements Measure {

    @Override
    public String word() {
      return "cloudwatch";
    }

    @Override
    public boolean counts() {
      return true;
    }
  }

  /**
   * Time until targets answer, in seconds, as the route's own load balancer measures it. Written
   * {@code cloudwatch: {route: latency, statistic: p99}}.
   *
   * @param statistic in CloudWatch's words: {@code Average}, {@code p50}, {@code p99}, …
   */
  record RouteLatency(String statistic) implements Measure {

    @Override
    public String word() {
      return "cloudwatch";
    }

    @Override
    public boolean counts() {
      return false;
    }
  }

  /** Any metric of CloudWatch in the environment's account and region. */
  record CloudWatch(Asked<Metric> asked) implements Measure {

    @Override
    public String word() {
      return "cloudwatch";
    }

    @Override
    public boolean counts() {
      return asked.counts();
    }
  }

  /**
   * PromQL; each query gives one series at most.
   *
   * @param server its name in the controller's configuration, which holds address and credentials
   */
  record Prometheus(String server, Asked<String> asked) implements Measure {

    @Override
    public String word() {
      return "prometheus";
    }

    @Override
    public boolean counts() {
      return asked.counts();
    }
  }

  /**
   * A query in Datadog's language.
   *
   * @param account its name in the controller's configuration
   */
  record Datadog(String account, Asked<String> asked) implements Measure {

    @Override
    public String word() {
      return "datadog";
    }

    @Override
    public boolean counts() {
      return asked.counts();
    }
  }

  /**
   * NRQL without SINCE, UNTIL and TIMESERIES, which are ours.
   *
   * @param account its name in the controller's configuration
   */
  record NewRelic(String account, Asked<String> asked) implements Measure {

    @Override
    public String word() {
      return "newRelic";
    }

    @Override
    public boolean counts() {
      return asked.counts();
    }
  }

  /**
   * One question, or the two of a ratio.
   *
   * @param <Q> how a provider is asked
   */
  sealed interface Asked<Q> {

    /** Whether the answer is counts. */
    default boolean counts() {
      return this instanceof Ratio;
    }

    /** Events of a period: the bad ones, and all. */
    record Ratio<Q>(Q bad, Q total) implements Asked<Q> {}

    /** A number for each period: a latency, a level, a saturation. */
    record Value<Q>(Q of) implements Asked<Q> {}
  }

  /** A metric in CloudWatch's words. */
  record Metric(
      String namespace, String name, String statistic, SortedMap<String, String> dimensions) {

    public Metric {
      dimensions = Sorted.copyOf(dimensions);
    }
  }
}
