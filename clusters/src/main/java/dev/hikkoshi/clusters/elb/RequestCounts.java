package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.clusters.aws.BalancerMetrics;
import dev.hikkoshi.clusters.aws.MetricData;
import dev.hikkoshi.clusters.aws.MetricData.Ask;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * RequestCount over whole metric periods. A period is read one period after its end, when every
 * node has reported it; where the load balancer was silent, nothing is known (see {@link
 * BalancerMetrics}).
 */
final class RequestCounts {

  private final CloudWatchClient cloudwatch;
  private final Duration period;
  private final Instant now;

  RequestCounts(CloudWatchClient cloudwatch, Duration period, Instant now) {
    this.cloudwatch = cloudwatch;
    this.period = period;
    this.now = now;
  }

  /**
   * Something whose requests are counted.
   *
   * @param cluster whom they count for; empty for strangers
   * @param balancerArn of an application load balancer
   * @param groupArn only those that went to this group
   */
  record Counted(String cluster, String balancerArn, Optional<String> groupArn) {}

  /** Counts by cluster, over the whole periods of the window that are over and reported. */
  Observation<Measured> count(String what, List<Counted> all, Instant from, Instant to) {
    Optional<Counted> other =
        all.stream().filter(c -> !BalancerMetrics.countsRequests(c.balancerArn())).findFirst();
    if (other.isPresent()) {
      String text = "requests are not counted by " + other.get().balancerArn();
      return Observation.unknown(what, text);
    }
    Instant first = ceil(from);
    Instant complete = floor(now).minus(period);
    Instant last = floor(to).isAfter(complete) ? complete : floor(to);
    if (!first.isBefore(last)) {
      return Observation.unknown(what, "no whole period of " + period + " is complete yet");
    }
    return read(what, all, first, last);
  }

  private Observation<Measured> read(String what, List<Counted> all, Instant from, Instant to) {
    List<BalancerMetrics> balancers = balancers(all);
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Counted counted = all.get(i);
      BalancerMetrics balancer = new BalancerMetrics("", counted.balancerArn());
      asks.add(balancer.ask("c" + i, "RequestCount", "Sum", counted.groupArn()));
    }
    balancers.forEach(balancer -> asks.addAll(balancer.pulse()));
    return MetricData.read(cloudwatch, what, asks, period, from, to.plus(period))
        .flatMap(data -> measured(what, all, balancers, data, from, to));
  }

  private static List<BalancerMetrics> balancers(List<Counted> all) {
    List<String> arns = all.stream().map(Counted::balancerArn).distinct().toList();
    return Stream.iterate(0, i -> i < arns.size(), i -> i + 1)
        .map(i -> new BalancerMetrics("" + i, arns.get(i)))
        .toList();
  }

  private Observation<Measured> measured(
      String what,
      List<Counted> all,
      List<BalancerMetrics> balancers,
      MetricData data,
      Instant from,
      Instant to) {
    for (BalancerMetrics balancer : balancers) {
      Optional<Instant> silent = silentAt(balancer, data, from, to);
      if (silent.isPresent()) {
        String text = "%s reported nothing at %s".formatted(balancer.balancerArn(), silent.get());
        return Observation.unknown(what, text);
      }
    }
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      counts.merge(all.get(i).cluster(), sum(data, "c" + i, from, to), Long::sum);
    }
    return Observation.known(new Measured(Measured.Unit.REQUESTS, counts, from, to));
  }

  private static long sum(MetricData data, String id, Instant from, Instant to) {
    double sum =
        data.of(id).subMap(from, true, to, false).values().stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    return Math.round(sum);
  }

  private Optional<Instant> silentAt(
      BalancerMetrics balancer, MetricData data, Instant from, Instant to) {
    return Stream.iterate(from, at -> at.isBefore(to), at -> at.plus(period))
        .filter(at -> !balancer.alive(data, at, period))
        .findFirst();
  }

  private Instant floor(Instant at) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
  }

  private Instant ceil(Instant at) {
    Instant floor = floor(at);
    return floor.equals(at) ? at : floor.plus(period);
  }
}
