package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.simulator.SimulatedTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulator's load balancer keeps the promise that its moves are planned by. */
class InMemoryBalancersTest extends BalancerContract {

  @Override
  BalancerWorld open() {
    SimulatedTraffic traffic = new SimulatedTraffic(7, List.of("old", "new"));
    BalancerGateway gateway = traffic.balancers();
    return new BalancerWorld() {
      @Override
      public BalancerGateway gateway() {
        return gateway;
      }

      @Override
      public Rule rule() {
        return new Rule(
            "shop",
            "api",
            "shared",
            80,
            List.of("api.example.com"),
            List.of(),
            Optional.empty(),
            Optional.empty());
      }

      @Override
      public String balancerName() {
        return traffic.balancer("old").dnsName();
      }

      @Override
      public void register(String cluster, String groupArn) {
        traffic.bind(cluster, groupArn);
      }

      @Override
      public String strangersGroup() {
        throw new UnsupportedOperationException("no strangers");
      }

      @Override
      public String front() {
        throw new UnsupportedOperationException("no network load balancers");
      }

      @Override
      public String ruleByHand(Map<String, Integer> weights, String path) {
        throw new UnsupportedOperationException("no hands");
      }

      @Override
      public Instant send(int requests) {
        Instant from = now();
        traffic.pass(Duration.ofSeconds(requests));
        return from;
      }

      @Override
      public void pass(Duration time) {
        traffic.pass(time);
      }

      @Override
      public Duration metricPeriod() {
        return Duration.ofSeconds(60);
      }

      @Override
      public Instant now() {
        return traffic.clock().instant();
      }

      @Override
      public Optional<String> lacks(Trait trait) {
        return switch (trait) {
          case OTHER_ACTIONS, STRANGERS, FRONTS ->
              Optional.of("the simulator has one rule, and writes of its own only");
          case OTHER_NAMES, STRICT_BATCHES, PROPAGATION, ANSWERS, HEALTH, LETTING_GO, REQUESTS ->
              Optional.empty();
        };
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}
