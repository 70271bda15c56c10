package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.ForwardingDns;
import java.time.Duration;

/** Answers are never held, and every change is everywhere at once. */
final class NoTtl extends ForwardingDns {

  NoTtl(DnsGateway real) {
    super(real);
  }

  @Override
  public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
    return super.route(zone, recordName)
        .map(
            seen -> new DnsRouteSeen(seen.zoneId(), seen.records(), new Ttl(Duration.ZERO, false)));
  }

  @Override
  public Observation<Boolean> insync(Zone zone, String changeId) {
    return Observation.known(true);
  }
}
