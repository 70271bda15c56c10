package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The wanted cluster and what hangs on it. An older cluster is never touched here (rule 8): only
 * the one whose definition the newest commit asks for.
 */
final class ClusterWork {

  private ClusterWork() {}

  static void plan(Draft d) {
    Optional<ClusterRecord> wanted =
        d.move()
            .filter(move -> !move.returning())
            .map(ClusterWork::wanted)
            .filter(name -> ClusterChoice.matches(d, name))
            .flatMap(d.record::cluster);
    if (wanted.isEmpty()) {
      return;
    }
    if (d.observed.clusters() instanceof Unknown<List<ClusterSeen>>(String what, String why)) {
      d.await(
          Wait.Kind.UNKNOWN, wanted.get().name(), "%s could not be read: %s".formatted(what, why));
      return;
    }
    if (d.stale.isPresent() || d.frozen.isPresent()) {
      return;
    }
    askedAgain(d, wanted.get());
    ClusterRecord cluster = d.record.cluster(wanted.get().name()).orElseThrow();
    d.cluster(cluster.name())
        .ifPresentOrElse(seen -> hang(d, cluster, seen), () -> create(d, cluster));
  }

  private static String wanted(MoveRecord move) {
    return move.phase() instanceof MovePhase.Returned ? move.serving() : move.to();
  }

  private static void askedAgain(Draft d, ClusterRecord cluster) {
    if (!cluster.mutable().equals(d.desired.cluster().mutable())) {
      String fields = Differences.text(cluster.mutable(), d.desired.cluster().mutable());
      SortedMap<String, String> mutable = d.desired.cluster().mutable();
      SortedMap<String, String> dropped = Dropped.of(cluster.mutable(), mutable, cluster.dropped());
      d.record = d.record.with(cluster.askedBy(d.desired.commit(), mutable, dropped, d.now));
      d.log(
          cluster.name()
              + " is asked for with other fields: "
              + fields
              + "; what does not change in place waits for the next cluster,"
              + " see docs/cluster-fields.md");
    }
  }

  private static void create(Draft d, ClusterRecord cluster) {
    boolean fresh = cluster.identity().isEmpty() && cluster.life() instanceof ClusterLife.Building;
    if (!fresh) {
      String sentence = "EKS does not have it any more, and Hikkoshi did not delete it";
      d.require(new Check("cluster-there", cluster.name(), Verdict.fail(sentence)));
      return;
    }
    d.act(
        new Action.CreateCluster(
            d.desired
                .cluster()
                .named(
                    d.desired.environment(),
                    cluster.name(),
                    cluster.number(),
                    cluster.requestToken()),
            "create cluster " + cluster.name()));
  }

  private static void hang(Draft d, ClusterRecord cluster, ClusterSeen seen) {
    boolean open =
        switch (seen.status()) {
          case ACTIVE, UPDATING -> true;
          case CREATING, PENDING -> {
            d.await(Wait.Kind.PROGRESS, seen.name(), "EKS is creating it");
            yield false;
          }
          case DELETING, FAILED -> false;
        };
    if (!open) {
      return;
    }
    Removals.plan(d, cluster, seen);
    if (seen.nodegroups() instanceof Known<List<NodegroupSeen>>(List<NodegroupSeen> groups)
        && RunOnceWork.mayHaveNodes(d, cluster)) {
      d.desired.cluster().nodegroups().forEach(spec -> nodegroup(d, seen, groups, spec));
    }
    if (seen.addons() instanceof Known<List<AddonSeen>>(List<AddonSeen> addons)) {
      for (AddonSpec spec : d.desired.cluster().addons()) {
        if (addons.stream().noneMatch(a -> a.name().equals(spec.name()))) {
          d.act(new Action.CreateAddon(seen, spec, "add-on " + spec.name() + " is missing"));
        }
      }
    }
    if (seen.accessEntries()
        instanceof Known<List<AccessEntrySeen>>(List<AccessEntrySeen> entries)) {
      for (AccessEntrySpec spec : d.desired.cluster().accessEntries()) {
        if (entries.stream().noneMatch(e -> ClusterParts.whole(e, spec))) {
          d.act(
              new Action.CreateAccessEntry(
                  seen, spec, "access entry " + spec.principalArn() + " is missing or not whole"));
        }
      }
    }
    PodIdentities.plan(d, seen);
  }

  private static void nodegroup(
      Draft d, ClusterSeen seen, List<NodegroupSeen> groups, NodegroupSpec spec) {
    Optional<NodegroupSeen> there =
        groups.stream().filter(g -> g.name().equals(spec.name())).findFirst();
    if (there.isEmpty()) {
      d.act(
          new Action.CreateNodegroup(
              seen,
              spec.ofEnvironment(d.desired.environment()),
              "node group " + spec.name() + " is missing"));
      return;
    }
    NodegroupSeen group = there.get();
    if (group.status().equals("DELETING")) {
      String sentence = "node group %s goes; it is made anew then".formatted(spec.name());
      d.await(Wait.Kind.PROGRESS, seen.name(), sentence);
      return;
    }
    // The desired size belongs to the autoscaler; ours are the bounds. One that could not grow
    // stays
    // DEGRADED until it grows, for which it may need other bounds.
    boolean bounds = group.min() == spec.min() && group.max() == spec.max();
    boolean takes = group.active() || group.status().equals("DEGRADED");
    if (takes && !bounds) {
      d.act(
          new Action.ScaleNodegroup(
              seen,
              spec,
              "node group %s: %d–%d becomes %d–%d"
                  .formatted(spec.name(), group.min(), group.max(), spec.min(), spec.max())));
    }
  }
}
