package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes everything on, so that a gateway which differs in one thing says only that. */
public class ForwardingDns implements DnsGateway {

  protected final DnsGateway real;

  public ForwardingDns(DnsGateway real) {
    this.real = real;
  }

  @Override
  public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
    return real.route(zone, recordName);
  }

  @Override
  public Observation<List<OwnerMark>> marks(Zone zone, String recordName, String resource) {
    return real.marks(zone, recordName, resource);
  }

  @Override
  public Outcome change(
      Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
    return real.change(zone, zoneId, deletes, creates);
  }

  @Override
  public Observation<Boolean> insync(Zone zone, String changeId) {
    return real.insync(zone, changeId);
  }

  @Override
  public Observation<Measured> sample(
      Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries) {
    return real.sample(zone, recordName, clusterByBalancer, queries);
  }

  @Override
  public Observation<List<Reference>> references(
      Set<Optional<String>> roles, Set<String> balancerNames) {
    return real.references(roles, balancerNames);
  }
}
