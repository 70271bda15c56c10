package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/**
 * Something that speaks AWS's wire formats. Adapters call it through a {@link Recorder}; what tests
 * do by hand goes straight to it.
 */
final class AwsRegion implements AutoCloseable {

  /** Every world of one JVM has names of its own, so that regions can be shared by tests. */
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final String name;
  final AwsClients byHand;
  final AwsClients adapters;
  private final Recorder recorder;
  private final AutoCloseable process;

  /**
   * Opens clients of a region.
   *
   * @param key access key and secret
   * @param process what ends with it
   */
  AwsRegion(String name, URI endpoint, Map.Entry<String, String> key, AutoCloseable process)
      throws IOException {
    System.setProperty("aws.accessKeyId", key.getKey());
    System.setProperty("aws.secretAccessKey", key.getValue());
    this.name = name;
    this.process = process;
    Path to = Path.of("target", "contracts", name + ".jsonl");
    this.recorder = Recorder.open(endpoint, to);
    this.byHand = clients(endpoint);
    this.adapters = clients(recorder.endpoint());
  }

  /** Clients of an endpoint with the keys of the region that was opened last. */
  static AwsClients clients(URI endpoint) {
    return AwsClients.of(AwsSettings.standard().in("ap-northeast-1").at(endpoint));
  }

  static int number() {
    return NUMBER.incrementAndGet();
  }

  ElasticLoadBalancingV2Client elb() {
    return byHand.elbWrites(Optional.empty());
  }

  LoadBalancer balancer(String balancerName, List<String> subnets) {
    LoadBalancer made =
        elb()
            .createLoadBalancer(r -> r.name(balancerName).subnets(subnets))
            .loadBalancers()
            .getFirst();
    try (var waiter = elb().waiter()) {
      waiter.waitUntilLoadBalancerAvailable(
          r -> r.loadBalancerArns(made.loadBalancerArn()),
          o ->
              o.maxAttempts(60)
                  .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(100))));
    }
    return made;
  }

  @Override
  public void close() {
    Stream.of(adapters, byHand, recorder, process)
        .forEach(
            one -> {
              try {
                one.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
