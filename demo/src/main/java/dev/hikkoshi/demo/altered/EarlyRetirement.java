package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Deletes the old side's load balancers as soon as its record has weight 0. */
final class EarlyRetirement extends ForwardingDns {

  private final EksGateway eks;
  private final InsideGateway inside;

  EarlyRetirement(DnsGateway real, EksGateway eks, InsideGateway inside) {
    super(real);
    this.eks = eks;
    this.inside = inside;
  }

  @Override
  public Outcome change(
      Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
    Outcome written = super.change(zone, zoneId, deletes, creates);
    if (written instanceof Outcome.Done) {
      lost(deletes, creates).flatMap(this::cluster).ifPresent(this::retire);
    }
    return written;
  }

  /** The side whose weight this batch takes to 0. */
  private static Optional<String> lost(List<RecordSeen> deletes, List<RecordSeen> creates) {
    return creates.stream()
        .filter(c -> c.weight().orElse(-1) == 0)
        .filter(c -> deletes.stream().anyMatch(d -> same(c, d) && d.weight().orElse(0) > 0))
        .flatMap(c -> c.setIdentifier().stream())
        .findFirst();
  }

  private static boolean same(RecordSeen one, RecordSeen other) {
    return one.setIdentifier().equals(other.setIdentifier()) && one.type().equals(other.type());
  }

  private Optional<ClusterSeen> cluster(String name) {
    return eks.cluster(name).known().flatMap(found -> found);
  }

  private void retire(ClusterSeen cluster) {
    Outcome removed = inside.removeBalancerObjects(cluster);
    System.getLogger(EarlyRetirement.class.getName())
        .log(Level.WARNING, "retired " + cluster.name() + " at once: " + removed);
  }
}
