package dev.hikkoshi.clusters.metrics;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.BalancerMetrics;
import dev.hikkoshi.clusters.aws.MetricData;
import dev.hikkoshi.clusters.aws.MetricData.Ask;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import dev.hikkoshi.environments.port.MetricsGateway.Side;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a route's own load balancer says of one side: errors that users saw, and the time until
 * targets answered (CloudWatch metrics for your Application Load Balancer).
 *
 * <p>Of a load balancer of its own a side answers for every 5xx, its targets' and the load
 * balancer's; requests for which no target could be chosen are in no RequestCount, so those 503s
 * are added to it. Of a group in a shared load balancer only what is reported by group can be
 * charged to it: 5xx of its targets and connections that targets refused.
 *
 * <p>A period is read as soon as it is over, for a breach should be seen then and not a period
 * later. Nodes report at different times, each its bad and all its requests together; so a period
 * that was just over is a smaller sample of the same thing, and is read again until it is whole.
 * That nothing happened is believed one period later only, and only of a load balancer that was
 * heard of.
 */
final class RouteMetrics {

  private static final String REQUESTS = "r";
  private static final String REFUSED = "u";
  private static final String LATENCY = "t";

  private final AwsClients aws;
  private final InstantSource clock;

  RouteMetrics(AwsClients aws, InstantSource clock) {
    this.aws = aws;
    this.clock = clock;
  }

  /**
   * An answer.
   *
   * @param at when it was asked for: what is missing was missing then
   */
  private record Read(MetricData data, BalancerMetrics balancer, Window over, Instant at) {}

  Observation<Readings> errors(Side side, Window window) {
    return read("errors", side, window, balancer -> errorAsks(balancer, side.groupArn()))
        .map(read -> read.map(this::errors).orElse(new Counts(List.of())));
  }

  private static List<Ask> errorAsks(BalancerMetrics balancer, Optional<String> group) {
    List<Ask> asks = new ArrayList<>(balancer.pulse());
    asks.add(balancer.ask(REQUESTS, "RequestCount", "Sum", group));
    asks.add(balancer.ask("b0", "HTTPCode_Target_5XX_Count", "Sum", group));
    if (group.isPresent()) {
      asks.add(balancer.ask("b1", "TargetConnectionErrorCount", "Sum", group));
    } else {
      asks.add(balancer.ask("b1", "HTTPCode_ELB_5XX_Count", "Sum", group));
      asks.add(balancer.ask(REFUSED, "HTTPCode_ELB_503_Count", "Sum", group));
    }
    return asks;
  }

  private Readings errors(Read read) {
    List<Count> blocks = new ArrayList<>();
    Duration period = read.over().period();
    Instant settled = read.at().minus(period.multipliedBy(2));
    Periods.starts(read.over())
        .forEach(
            at -> {
              long all = count(read, REQUESTS, at) + count(read, REFUSED, at);
              long bad = count(read, "b0", at) + count(read, "b1", at);
              boolean quiet =
                  !at.isAfter(settled) && read.balancer().alive(read.data(), at, period);
              if (all > 0 || bad > 0 || quiet) {
                // More errors than requests: answers to requests of the period before.
                blocks.add(new Count(at, bad, Math.max(bad, all)));
              }
            });
    return new Counts(blocks);
  }

  private static long count(Read read, String id, Instant at) {
    return Math.round(read.data().of(id).getOrDefault(at, 0.0));
  }

  Observation<Readings> latency(String statistic, Side side, Window window) {
    return read(
            "latency",
            side,
            window,
            b -> List.of(b.ask(LATENCY, "TargetResponseTime", statistic, side.groupArn())))
        .map(read -> new Values(read.map(RouteMetrics::times).orElse(List.of())));
  }

  private static List<Value> times(Read read) {
    return read.data().of(LATENCY).entrySet().stream()
        .filter(e -> Periods.begins(read.over(), e.getKey()) && Double.isFinite(e.getValue()))
        .map(e -> new Value(e.getKey(), e.getValue()))
        .toList();
  }

  /** Nothing where no period is over yet. */
  private Observation<Optional<Read>> read(
      String of, Side side, Window window, Function<BalancerMetrics, List<Ask>> asks) {
    String what = "%s of route %s in %s".formatted(of, side.route(), side.cluster());
    if (side.balancerArn().isEmpty()) {
      return Observation.unknown(what, "its load balancer is not known");
    }
    String arn = side.balancerArn().get();
    if (!BalancerMetrics.countsRequests(arn)) {
      return Observation.unknown(what, "requests are not counted by " + arn);
    }
    Instant now = clock.instant();
    Optional<Window> over = Periods.over(window, now, Duration.ZERO);
    if (over.isEmpty()) {
      return Observation.known(Optional.empty());
    }
    BalancerMetrics balancer = new BalancerMetrics("", arn);
    return MetricData.read(
            aws.cloudwatch(side.role()),
            what,
            asks.apply(balancer),
            window.period(),
            // Its neighbours tell whether it was alive in the first and the last.
            over.get().from().minus(window.period()),
            over.get().to().plus(window.period()))
        .map(data -> Optional.of(new Read(data, balancer, over.get(), now)));
  }
}
