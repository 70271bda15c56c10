package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AccessEntrySeen;
import dev.hikkoshi.environments.observed.ClusterSeen.AddonSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RoomSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes away what the newest definition of a cluster does not have any more. Only what an earlier
 * definition of this very cluster asked for is touched: what a person or EKS itself put beside it
 * stays.
 */
public final class Removals {

  private Removals() {}

  /** Plans what can be taken away now, and forgets what is gone. */
  static void plan(Draft d, ClusterRecord cluster, ClusterSeen seen) {
    if (cluster.dropped().isEmpty()) {
      return;
    }
    Dropped dropped = new Dropped(cluster.dropped());
    SortedMap<String, String> left = dropped.stillThere(seen);
    Optional<Instant> mayCome = cluster.mayComeUntil().filter(d.now::isBefore);
    if (!left.equals(cluster.dropped())) {
      mayCome.ifPresentOrElse(
          until -> await(d, cluster, until),
          () -> d.record = d.record.with(cluster.dropping(left)));
    }
    addons(d, seen, dropped);
    entries(d, seen, dropped);
    PodIdentities.remove(d, seen, dropped.serviceAccounts());
    nodegroups(d, seen, dropped);
  }

  /** Forgotten now, what a call without an answer makes a moment later would stay for good. */
  private static void await(Draft d, ClusterRecord cluster, Instant until) {
    String sentence = "what the file does not have any more may still be made by a late call";
    d.await(Wait.until(Wait.Kind.TIME, cluster.name(), sentence, until));
  }

  private static void addons(Draft d, ClusterSeen seen, Dropped dropped) {
    for (AddonSeen addon : seen.addons().known().orElse(List.of())) {
      if (!dropped.addons().contains(addon.name())) {
        continue;
      }
      if (addon.status().equals("DELETING")) {
        d.await(Wait.Kind.PROGRESS, seen.name(), "EKS lets go of add-on " + addon.name());
      } else {
        d.act(
            new Action.RemoveAddon(
                seen,
                addon.name(),
                "add-on %s is not in the file any more; what it installed stays"
                    .formatted(addon.name())));
      }
    }
  }

  private static void entries(Draft d, ClusterSeen seen, Dropped dropped) {
    for (AccessEntrySeen entry : seen.accessEntries().known().orElse(List.of())) {
      String who = entry.principalArn();
      if (dropped.principals().contains(who)) {
        d.act(
            new Action.RemoveAccessEntry(
                seen, who, "access entry " + who + " is not in the file any more"));
        continue;
      }
      for (String policy : dropped.policies(who)) {
        if (entry.policyArns().contains(policy)) {
          d.act(
              new Action.RemoveAccessPolicy(
                  seen,
                  who,
                  policy,
                  "policy %s of %s is not in the file any more".formatted(policy, who)));
        }
      }
    }
  }

  private static void nodegroups(Draft d, ClusterSeen seen, Dropped dropped) {
    List<NodegroupSeen> going =
        seen.nodegroups().known().orElse(List.of()).stream()
            .filter(g -> dropped.nodegroups().contains(g.name()))
            .toList();
    going.stream()
        .filter(g -> g.status().equals("DELETING"))
        .forEach(g -> d.await(Wait.Kind.PROGRESS, seen.name(), "node group " + g.name() + " goes"));
    List<NodegroupSeen> left = going.stream().filter(g -> !g.status().equals("DELETING")).toList();
    if (left.isEmpty() || !mayGo(d, seen)) {
      return;
    }
    for (NodegroupSeen group : left) {
      d.act(
          new Action.DeleteNodegroup(
              seen, group.name(), "node group " + group.name() + " is not in the file any more"));
    }
  }

  /** Nothing moves, the groups that stay are whole, and they can carry what is there. */
  private static boolean mayGo(Draft d, ClusterSeen seen) {
    if (d.move().filter(m -> sharesMove(m.phase())).isPresent()) {
      d.await(
          Wait.Kind.BLOCKED,
          seen.name(),
          "shares are being moved: a node group goes only when that is over");
      return false;
    }
    return d.require(ClusterParts.nodegroups(d, seen)) && d.require(room(d, seen));
  }

  private static boolean sharesMove(MovePhase phase) {
    return switch (phase) {
      case MovePhase.Stepping _, MovePhase.Drain _, MovePhase.Returning _ -> true;
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Soak _,
          MovePhase.Retiring _,
          MovePhase.Gone _,
          MovePhase.Returned _ ->
          false;
    };
  }

  private static Check room(Draft d, ClusterSeen seen) {
    Observation<RoomSeen> room = d.observed.rooms().get(seen.name());
    Verdict verdict =
        switch (room) {
          case null -> Verdict.unknown("not looked at yet");
          case Unknown<RoomSeen>(_, String why) -> Verdict.unknown(why);
          case Known<RoomSeen>(RoomSeen known) ->
              known.fits() ? Verdict.pass(known.sentence()) : Verdict.fail(known.sentence());
        };
    return new Check("room-on-other-nodes", seen.name(), verdict);
  }

  /** What a definition would drop of a cluster, as sentences; destructive ones apart. */
  public record Told(List<String> dangers, List<String> items) {}

  /** Pure: nothing is asked. */
  public static Told told(ClusterRecord cluster, DesiredCluster desired) {
    Dropped dropped =
        new Dropped(Dropped.of(cluster.mutable(), desired.mutable(), cluster.dropped()));
    Function<String, String> group =
        name ->
            "deletes node group %s of %s, once its pods fit on the other nodes"
                .formatted(name, cluster.name());
    Function<String, String> addon =
        name ->
            "EKS lets go of add-on %s of %s; what it installed stays"
                .formatted(name, cluster.name());
    Function<String, String> entry =
        arn -> "%s cannot enter %s any more".formatted(arn, cluster.name());
    Function<String, String> account =
        name ->
            "pods of service account %s in %s have no role in AWS any more"
                .formatted(name, cluster.name());
    List<String> dangers =
        Stream.of(
                dropped.nodegroups().stream().map(group),
                dropped.principals().stream().map(entry),
                dropped.serviceAccounts().stream().map(account))
            .flatMap(Function.identity())
            .toList();
    List<String> items =
        Stream.of(
                dropped.nodegroups().stream().map(name -> "delete node group " + name),
                dropped.addons().stream().map(addon),
                dropped.principals().stream().map(arn -> "delete access entry " + arn),
                dropped.policySentences().stream(),
                dropped.serviceAccounts().stream()
                    .map(name -> "delete Pod Identity association " + name))
            .flatMap(Function.identity())
            .toList();
    return new Told(dangers, items);
  }
}
