package dev.hikkoshi.demo.altered;

import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.ForwardingBalancers;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;
import java.util.OptionalInt;

/** Writes of weights that are not what was asked for. */
final class WrongWeights {

  private WrongWeights() {}

  private static int weightOf(RecordSeen record) {
    return record.weight().orElse(0);
  }

  /** Whether two sides share the traffic in this batch. */
  private static boolean shares(List<RecordSeen> creates) {
    return creates.stream().filter(r -> weightOf(r) > 0).count() > 1;
  }

  /** Leaves the losing side's records as they are. */
  static final class OneSide extends ForwardingDns {

    OneSide(DnsGateway real) {
      super(real);
    }

    @Override
    public Outcome change(
        Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
      if (!shares(creates)) {
        return super.change(zone, zoneId, deletes, creates);
      }
      List<RecordSeen> gaining = creates.stream().filter(c -> gains(c, deletes)).toList();
      List<RecordSeen> replaced =
          deletes.stream().filter(d -> gaining.stream().anyMatch(g -> same(g, d))).toList();
      return super.change(zone, zoneId, replaced, gaining);
    }

    private static boolean gains(RecordSeen created, List<RecordSeen> deletes) {
      return deletes.stream()
          .filter(d -> same(created, d))
          .allMatch(d -> weightOf(d) < weightOf(created));
    }

    private static boolean same(RecordSeen one, RecordSeen other) {
      return one.setIdentifier().equals(other.setIdentifier()) && one.type().equals(other.type());
    }
  }

  /** Weight 0 for every record as soon as two sides share. */
  static final class ZeroRecords extends ForwardingDns {

    ZeroRecords(DnsGateway real) {
      super(real);
    }

    @Override
    public Outcome change(
        Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates) {
      List<RecordSeen> written =
          shares(creates) ? creates.stream().map(ZeroRecords::zero).toList() : creates;
      return super.change(zone, zoneId, deletes, written);
    }

    private static RecordSeen zero(RecordSeen record) {
      return new RecordSeen(
          record.name(),
          record.type(),
          record.setIdentifier(),
          OptionalInt.of(0),
          record.policy(),
          record.alias(),
          record.ttl(),
          record.values(),
          record.healthCheckId());
    }
  }

  /** Weight 0 for every group as soon as two sides share. */
  static final class ZeroGroups extends ForwardingBalancers {

    ZeroGroups(BalancerGateway real) {
      super(real);
    }

    @Override
    public Outcome write(Rule rule, AlbRouteSeen seen, List<GroupWeight> weights) {
      boolean shares = weights.stream().filter(g -> g.weight() > 0).count() > 1;
      List<GroupWeight> written =
          shares ? weights.stream().map(g -> new GroupWeight(g.groupArn(), 0)).toList() : weights;
      return super.write(rule, seen, written);
    }
  }
}
