package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.Comparator;
import java.util.List;

/** What a move adds beside what the account may have. */
final class QuotaChecks {

  /** So near to a quota it is told: somebody else builds something, too. */
  private static final int NEAR = 4;

  private final Subject subject;
  private final AccountSeen seen;
  private final List<Advice> advice;

  private QuotaChecks(Subject subject, AccountSeen seen, List<Advice> advice) {
    this.subject = subject;
    this.seen = seen;
    this.advice = advice;
  }

  static void examine(Subject subject, AccountSeen seen, List<Advice> advice) {
    QuotaChecks here = new QuotaChecks(subject, seen, advice);
    List<NodegroupSpec> groups = subject.desired().cluster().nodegroups();
    here.adds(Quota.CLUSTERS, seen.clusters(), 1);
    here.adds(Quota.PROVIDERS, seen.providers().map(List::size), 1);
    here.adds(Quota.BALANCERS, seen.balancers(), here.names());
    here.asks(Quota.NODEGROUPS, groups.size(), "managedNodeGroups");
    groups.stream()
        .max(Comparator.comparingInt(NodegroupSpec::max))
        .ifPresent(
            largest ->
                here.asks(Quota.NODES, largest.max(), "managedNodeGroups, " + largest.name()));
  }

  /** A quota that could not be read is told once, and the default value stands in for it. */
  private Value of(Quota quota) {
    Observation<Integer> asked =
        seen.quotas()
            .getOrDefault(quota, Observation.unknown("the quota of " + quota.what(), "not asked"));
    return switch (asked) {
      case Known<Integer>(Integer value) -> new Value(value, "the account's quota is ");
      case Unknown<Integer>(String what, String why) -> {
        Places.unseen(subject, advice, what, why);
        yield new Value(quota.standard(), "AWS's default quota is ");
      }
    };
  }

  private record Value(int most, String words) {

    String sentence() {
      return words + most;
    }
  }

  private void adds(Quota quota, Observation<Integer> there, int more) {
    if (more == 0) {
      return;
    }
    Value value = of(quota);
    switch (there) {
      case Unknown<Integer>(String what, String why) -> Places.unseen(subject, advice, what, why);
      case Known<Integer>(Integer n) -> {
        if (n + more + NEAR > value.most()) {
          add(
              n + more > value.most() ? Weight.SETTLE : Weight.CONSIDER,
              quota.service() + ":" + quota.code(),
              "%d %s, %s".formatted(n, quota.what(), value.sentence()),
              "a new cluster needs %d more, and gets none at the quota".formatted(more));
        }
      }
    }
  }

  private void asks(Quota quota, int asked, String where) {
    Value value = of(quota);
    if (asked > value.most()) {
      add(
          Weight.SETTLE,
          "cluster.yaml, " + where,
          "%d %s are asked for, %s".formatted(asked, quota.what(), value.sentence()),
          "the cluster is built until the quota, and then waits for somebody");
    }
  }

  private void add(Weight weight, String where, String what, String why) {
    String how = "Service Quotas, some days before the move; or remove what nobody uses";
    advice.add(new Advice(weight, "quota", subject.desired().environment(), where, what, why, how));
  }

  private int names() {
    return (int)
        subject.desired().routes().stream().filter(DesiredRoute.Dns.class::isInstance).count();
  }
}
