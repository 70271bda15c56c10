package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;

/** Changes are on their way for as long as a test says; nobody hears what became of them. */
final class SlowDns {
  boolean down;
  List<RecordSeen> onTheWay = List.of();

  /** Looks are answered with what was seen once. */
  boolean behind;

  /** Changes are not allowed. */
  boolean refused;

  /** Looks are not answered. */
  boolean blind;

  Observation<DnsRouteSeen> shown = Observation.unknown("records", "not looked at yet");
  Observation<DnsRouteSeen> seen = shown;

  DnsGateway over(DnsGateway real) {
    return new ForwardingDns(real) {
      @Override
      public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
        if (blind) {
          return Observation.unknown("records", "nothing answers");
        }
        if (!behind) {
          shown = super.route(zone, recordName);
        }
        return shown;
      }

      @Override
      public Outcome change(
          Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
        if (refused) {
          return new Outcome.Refused("AccessDenied", "not now");
        }
        if (!down) {
          return super.change(zone, zoneId, deletes, creates);
        }
        onTheWay = creates;
        return new Outcome.Unclear("no answer in time");
      }
    };
  }
}
