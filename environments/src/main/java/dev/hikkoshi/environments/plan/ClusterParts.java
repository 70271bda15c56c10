package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What hangs on a cluster, whether it is as it was asked for, and in EKS's own words what is wrong
 * with it where it is not.
 */
final class ClusterParts {

  private ClusterParts() {}

  /** Everything that was asked of EKS is there and active. */
  static boolean complete(Draft d, String cluster) {
    return d.cluster(cluster).filter(seen -> complete(d, seen)).isPresent();
  }

  private static boolean complete(Draft d, ClusterSeen seen) {
    boolean groups = d.require(nodegroups(d, seen));
    boolean addons = d.require(addons(d, seen));
    boolean entries = d.require(entries(d, seen));
    boolean identities = d.require(PodIdentities.check(d, seen));
    return groups && addons && entries && identities;
  }

  static Check nodegroups(Draft d, ClusterSeen seen) {
    return check(
        "node-groups-active",
        seen,
        seen.nodegroups(),
        d.desired.cluster().nodegroups(),
        (there, spec) -> wrong(seen.name(), there, spec));
  }

  private static Check addons(Draft d, ClusterSeen seen) {
    return check(
        "add-ons-active",
        seen,
        seen.addons(),
        d.desired.cluster().addons(),
        (there, spec) -> wrong(seen.name(), there, spec));
  }

  private static Check entries(Draft d, ClusterSeen seen) {
    return check(
        "access-entries",
        seen,
        seen.accessEntries(),
        d.desired.cluster().accessEntries(),
        ClusterParts::wrong);
  }

  /** An entry is made in several calls: without its policies it is half of one. */
  static boolean whole(AccessEntrySeen entry, AccessEntrySpec spec) {
    return entry.principalArn().equals(spec.principalArn())
        && entry.policyArns().containsAll(spec.policyArns());
  }

  private static Optional<String> wrong(
      String cluster, List<NodegroupSeen> there, NodegroupSpec spec) {
    Optional<NodegroupSeen> group =
        there.stream().filter(g -> g.name().equals(spec.name())).findFirst();
    if (group.isEmpty()) {
      return Optional.of(missing(spec.name()));
    }
    NodegroupSeen g = group.get();
    String again = "aws eks delete-nodegroup --cluster-name %s --nodegroup-name %s";
    return g.active()
        ? Optional.empty()
        : Optional.of(state(g.name(), g.status(), g.issues(), again.formatted(cluster, g.name())));
  }

  private static Optional<String> wrong(String cluster, List<AddonSeen> there, AddonSpec spec) {
    Optional<AddonSeen> addon =
        there.stream().filter(a -> a.name().equals(spec.name())).findFirst();
    if (addon.isEmpty()) {
      return Optional.of(missing(spec.name()));
    }
    AddonSeen a = addon.get();
    String again = "aws eks delete-addon --cluster-name %s --addon-name %s";
    return a.active()
        ? Optional.empty()
        : Optional.of(state(a.name(), a.status(), a.issues(), again.formatted(cluster, a.name())));
  }

  private static Optional<String> wrong(List<AccessEntrySeen> there, AccessEntrySpec spec) {
    if (there.stream().anyMatch(e -> whole(e, spec))) {
      return Optional.empty();
    }
    boolean half = there.stream().anyMatch(e -> e.principalArn().equals(spec.principalArn()));
    return Optional.of(
        half ? spec.principalArn() + " lacks policies" : missing(spec.principalArn()));
  }

  static String missing(String name) {
    return name + " is not there yet";
  }

  /** EKS does not try again what it failed to create; what stands for it has to go first. */
  private static String state(String name, String status, List<String> issues, String again) {
    String why = issues.isEmpty() ? "" : ": " + String.join("; ", issues);
    String next =
        status.equals("CREATE_FAILED")
            ? "; EKS does not try again: mend the cause, then " + again + ", and it is made anew"
            : "";
    return "%s is %s%s%s".formatted(name, status, why, next);
  }

  static <S, W> Check check(
      String name,
      ClusterSeen cluster,
      Observation<List<S>> seen,
      List<W> wanted,
      BiFunction<List<S>, W, Optional<String>> wrong) {
    Verdict verdict =
        switch (seen) {
          case Unknown<List<S>>(_, String why) -> Verdict.unknown(why);
          case Known<List<S>>(List<S> there) -> {
            String all =
                wanted.stream()
                    .flatMap(w -> wrong.apply(there, w).stream())
                    .collect(Collectors.joining("; "));
            yield all.isEmpty()
                ? Verdict.pass(wanted.size() + " of " + wanted.size())
                : Verdict.fail(all);
          }
        };
    return new Check(name, cluster.name(), verdict);
  }
}
