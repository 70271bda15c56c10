package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** A load balancer with two groups of one target each; what exists is made with the real SDK. */
abstract class BalancerFixture {

  @TempDir Path directory;
  TrafficWorld world;
  FakeTarget blue;
  FakeTarget green;
  TargetGroup blueGroup;
  TargetGroup greenGroup;
  LoadBalancer balancer;

  @BeforeEach
  void open() throws Exception {
    world = new TrafficWorld(directory);
    blue = FakeTarget.open(world.region.vertx());
    green = FakeTarget.open(world.region.vertx());
    blueGroup = world.group("blue", blue.address);
    greenGroup = world.group("green", green.address);
    balancer = world.balancer("web");
  }

  @AfterEach
  void close() {
    world.close();
  }

  URI listen(int stickySeconds, int blueWeight, int greenWeight) {
    world.listener(
        balancer,
        80,
        TrafficWorld.forward(
            stickySeconds, List.of(blueGroup, greenGroup), blueWeight, greenWeight));
    await().atMost(ofSeconds(90)).until(() -> healthy(blueGroup) && healthy(greenGroup));
    return world.at(balancer, 80);
  }

  boolean healthy(TargetGroup group) {
    return world.health(group).equals("[healthy]");
  }

  double metric(String name, Map<String, String> dimensions) {
    List<Dimension> all =
        dimensions.entrySet().stream()
            .map(e -> Dimension.builder().name(e.getKey()).value(e.getValue()).build())
            .toList();
    Instant now = Instant.now();
    return world
        .cloudWatch
        .getMetricData(
            r ->
                r.startTime(now.minusSeconds(300))
                    .endTime(now.plusSeconds(60))
                    .metricDataQueries(
                        q ->
                            q.id("m")
                                .metricStat(
                                    s ->
                                        s.period(60)
                                            .stat("Sum")
                                            .metric(
                                                m ->
                                                    m.namespace("AWS/ApplicationELB")
                                                        .metricName(name)
                                                        .dimensions(all)))))
        .metricDataResults()
        .getFirst()
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  String balancerDimension() {
    String arn = balancer.loadBalancerArn();
    return arn.substring(arn.indexOf("app/"));
  }
}
