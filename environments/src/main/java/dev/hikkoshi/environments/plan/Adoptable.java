package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Status;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Whether a cluster is what its cluster file says, so that taking it over changes nothing. */
final class Adoptable {

  private final Draft d;
  private final Adopt adopt;
  private final ClusterSeen seen;
  private final List<String> unknown = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private Adoptable(Draft d, Adopt adopt, ClusterSeen seen) {
    this.d = d;
    this.adopt = adopt;
    this.seen = seen;
  }

  static Verdict verdict(Draft d, Adopt adopt, ClusterSeen seen) {
    return new Adoptable(d, adopt, seen).verdict();
  }

  private Verdict verdict() {
    owner();
    if (seen.status() != Status.ACTIVE && seen.status() != Status.UPDATING) {
      wrong.add("it is " + seen.status());
    }
    fields();
    DesiredCluster file = d.desired.cluster();
    each("node group", seen.nodegroups(), file.nodegroups(), Adoptable::is, NodegroupSpec::name);
    each("add-on", seen.addons(), file.addons(), Adoptable::is, AddonSpec::name);
    each(
        "access entry",
        seen.accessEntries(),
        file.accessEntries(),
        Adoptable::is,
        AccessEntrySpec::principalArn);
    each(
        "Pod Identity association",
        seen.podIdentities(),
        file.podIdentities(),
        PodIdentities::is,
        PodIdentitySpec::account);
    if (!wrong.isEmpty()) {
      return Verdict.fail(String.join("; ", wrong));
    }
    return unknown.isEmpty()
        ? Verdict.pass("it is what the cluster file says")
        : Verdict.unknown(String.join("; ", unknown));
  }

  private void owner() {
    String environment = seen.tags().get(EksGateway.ENVIRONMENT_TAG);
    if (environment != null && !environment.equals(d.desired.environment())) {
      wrong.add("its tag says that it belongs to the environment " + environment);
    }
  }

  /**
   * Rule 9 turned round: a field that is not written, or that EKS does not tell, is not compared.
   */
  private void fields() {
    d.desired
        .cluster()
        .immutable()
        .forEach(
            (field, says) -> {
              String is = seen.built().get(field);
              if (is != null && !is.equals(says)) {
                wrong.add(
                    "%s: %s is %s, EKS says %s".formatted(adopt.where(field), field, says, is));
              }
            });
  }

  private <S, W> void each(
      String what,
      Observation<List<S>> there,
      List<W> wanted,
      BiPredicate<S, W> is,
      Function<W, String> name) {
    if (wanted.isEmpty()) {
      // With aws-auth alone EKS does not even list access entries.
      return;
    }
    switch (there) {
      case Unknown<List<S>>(String which, String why) -> unknown.add(which + ": " + why);
      case Known<List<S>>(List<S> all) ->
          wanted.stream()
              .filter(w -> all.stream().noneMatch(s -> is.test(s, w)))
              .forEach(
                  w ->
                      wrong.add(
                          "%s %s of the cluster file is not there, or not as it says; take it as it is, and change it by a later commit"
                              .formatted(what, name.apply(w))));
    }
  }

  private static boolean is(NodegroupSeen there, NodegroupSpec wanted) {
    return there.name().equals(wanted.name())
        && there.min() == wanted.min()
        && there.max() == wanted.max();
  }

  private static boolean is(AddonSeen there, AddonSpec wanted) {
    return there.name().equals(wanted.name());
  }

  private static boolean is(AccessEntrySeen there, AccessEntrySpec wanted) {
    return there.principalArn().equals(wanted.principalArn())
        && there.policyArns().containsAll(wanted.policyArns());
  }
}
