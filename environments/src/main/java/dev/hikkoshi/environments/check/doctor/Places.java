package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Account, versions and clusters as AWS answers them. */
final class Places {

  /** A quarter: who builds a cluster now wants to keep it that long. */
  private static final Duration SOON = Duration.ofDays(90);

  private static final String COREDNS = "apps/v1/Deployment/kube-system/coredns";

  private final Subject subject;
  private final List<Advice> advice;

  private Places(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.advice = advice;
  }

  static void examine(Subject subject, Subject.Seen seen, Instant now, List<Advice> advice) {
    Places places = new Places(subject, advice);
    places.account(seen.observed().account());
    places.version(seen.observed().versions(), now);
    switch (seen.observed().clusters()) {
      case Unknown<List<ClusterSeen>>(String what, String why) -> places.unseen(what, why);
      case Known<List<ClusterSeen>>(List<ClusterSeen> clusters) ->
          clusters.forEach(places::cluster);
    }
    seen.replicas().forEach(places::coredns);
  }

  private void unseen(String what, String why) {
    unseen(subject, advice, what, why);
  }

  /** What could not be read is told, never passed over. */
  static void unseen(Subject subject, List<Advice> advice, String what, String why) {
    advice.add(
        new Advice(
            Weight.UNKNOWN,
            "access",
            what,
            subject.file(),
            what + " could not be read: " + why,
            "what cannot be seen is never taken for well: a move would wait for it",
            "the missing permission, in the role that is used"));
  }

  private void account(Observation<String> account) {
    Desired desired = subject.desired();
    switch (account) {
      case Unknown<String>(String what, String why) -> unseen(what, why);
      case Known<String>(String id) -> {
        if (!id.equals(desired.account())) {
          advice.add(
              new Advice(
                  Weight.SETTLE,
                  "account",
                  desired.environment(),
                  subject.file() + ", spec.account",
                  "the credentials belong to %s, the environment to %s"
                      .formatted(id, desired.account()),
                  "nothing is ever written in another account",
                  "credentials of " + desired.account()));
        }
      }
    }
  }

  private void version(Observation<List<VersionSeen>> versions, Instant now) {
    String wanted = subject.desired().cluster().version();
    switch (versions) {
      case Unknown<List<VersionSeen>>(String what, String why) -> unseen(what, why);
      case Known<List<VersionSeen>>(List<VersionSeen> offered) -> {
        Optional<VersionSeen> version =
            offered.stream().filter(v -> v.version().equals(wanted)).findFirst();
        if (version.isEmpty()) {
          calendar(
              Weight.SETTLE, "EKS does not offer " + wanted, "a cluster of it cannot be built");
        } else if (now.plus(SOON).isAfter(version.get().endOfStandardSupport())) {
          calendar(
              Weight.CONSIDER,
              "standard support of %s ends at %s"
                  .formatted(wanted, version.get().endOfStandardSupport()),
              "after it the cluster costs more, and in the end it is upgraded" + " by force");
        }
      }
    }
  }

  private void calendar(Weight weight, String what, String why) {
    advice.add(
        new Advice(
            weight,
            "version",
            subject.desired().environment(),
            subject.file() + ", the version of cluster.yaml",
            what,
            why,
            "version: a newer one, or spec.upgrades that proposes it"));
  }

  private void cluster(ClusterSeen cluster) {
    for (String issue : cluster.issues()) {
      about(cluster, Weight.SETTLE, "cluster-health", issue, "EKS itself says so", "");
    }
    switch (cluster.nodegroups()) {
      case Unknown<List<NodegroupSeen>>(String what, String why) -> unseen(what, why);
      case Known<List<NodegroupSeen>>(List<NodegroupSeen> groups) -> {
        for (NodegroupSeen group : groups) {
          ill(cluster, "node group " + group.name(), group.status(), group.issues());
          if (group.active() && group.desired() >= group.max() && group.max() > 0) {
            about(
                cluster,
                Weight.CONSIDER,
                "node-room",
                "node group %s is at its maximum of %d".formatted(group.name(), group.max()),
                "a side that gains share, or takes it back, needs room to grow",
                "a larger maxSize");
          }
        }
      }
    }
    switch (cluster.addons()) {
      case Unknown<List<AddonSeen>>(String what, String why) -> unseen(what, why);
      case Known<List<AddonSeen>>(List<AddonSeen> addons) ->
          addons.forEach(a -> ill(cluster, "add-on " + a.name(), a.status(), a.issues()));
    }
  }

  private void ill(ClusterSeen cluster, String what, String status, List<String> issues) {
    for (String issue : issues) {
      String sentence = "%s is %s: %s".formatted(what, status, issue);
      about(cluster, Weight.SETTLE, "cluster-health", sentence, "EKS itself says so", "");
    }
  }

  private void about(
      ClusterSeen cluster, Weight weight, String topic, String what, String why, String write) {
    advice.add(
        new Advice(weight, topic, cluster.name(), cluster.identity().arn(), what, why, write));
  }

  private void coredns(String cluster, Observation<Map<String, Integer>> replicas) {
    switch (replicas) {
      case Unknown<Map<String, Integer>>(String what, String why) -> unseen(what, why);
      case Known<Map<String, Integer>>(Map<String, Integer> ready) -> {
        int pods = ready.getOrDefault(COREDNS, 0);
        if (pods < 2) {
          advice.add(
              new Advice(
                  Weight.CONSIDER,
                  "coredns",
                  cluster,
                  cluster + " " + COREDNS,
                  pods + " pods of CoreDNS are ready",
                  "one pod lost, and nothing resolves a name any more",
                  "the coredns add-on with more replicas"));
        }
      }
    }
  }
}
