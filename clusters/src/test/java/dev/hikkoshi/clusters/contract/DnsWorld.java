package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway to Route 53 and what a test needs around it. */
interface DnsWorld extends AutoCloseable {

  DnsGateway gateway();

  /** A zone with nothing in it. */
  DnsGateway.Zone zone();

  /** Load balancers by cluster, {@code old} and {@code new}. */
  Map<String, AliasSeen> balancers();

  /** Creates records as somebody else would, without the gateway; exact in every value. */
  void createByHand(List<RecordSeen> records, String aliasPrefix);

  /** Lets time pass, or waits. */
  void pass(Duration time);

  /** Why it cannot play something; empty when it can. */
  Optional<String> lacks(Trait trait);

  @Override
  void close();
}
