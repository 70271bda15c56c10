package dev.hikkoshi.sandbox.route53;

import java.net.InetAddress;
import java.util.Optional;

/** The load balancers of the region as DNS knows them. */
@FunctionalInterface
public interface AliasTargets {

  /**
   * Finds a load balancer.
   *
   * @param dnsName in the kept form of {@link DnsName}, without {@code dualstack.}
   */
  Optional<Endpoint> find(String dnsName);

  /**
   * A load balancer.
   *
   * @param hostedZoneId the fixed zone of load balancers in the region
   * @param address where its listeners are, on this machine
   * @param healthy whether EvaluateTargetHealth would call it healthy
   */
  record Endpoint(String hostedZoneId, InetAddress address, boolean healthy) {}
}
