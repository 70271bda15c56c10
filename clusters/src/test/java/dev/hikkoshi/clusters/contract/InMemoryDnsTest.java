package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.simulator.SimulatedTraffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulator's DNS keeps the promise that its moves are planned by. */
class InMemoryDnsTest extends DnsContract {

  @Override
  DnsWorld open() {
    SimulatedTraffic traffic = new SimulatedTraffic(7, List.of("old", "new"));
    DnsGateway gateway = traffic.dns();
    return new DnsWorld() {
      @Override
      public DnsGateway gateway() {
        return gateway;
      }

      @Override
      public Zone zone() {
        return new Zone("example.com", Optional.empty());
      }

      @Override
      public Map<String, AliasSeen> balancers() {
        return Map.of("old", traffic.balancer("old"), "new", traffic.balancer("new"));
      }

      @Override
      public void createByHand(List<RecordSeen> records, String aliasPrefix) {
        throw new UnsupportedOperationException("one name and no hands");
      }

      @Override
      public void pass(Duration time) {
        traffic.pass(time);
      }

      @Override
      public Optional<String> lacks(Trait trait) {
        return trait == Trait.OTHER_NAMES
            ? Optional.of("the simulator has one name, and writes of its own only")
            : Optional.empty();
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}
