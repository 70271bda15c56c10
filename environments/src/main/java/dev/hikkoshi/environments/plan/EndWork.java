package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.ClusterLife.Retiring;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.NodegroupSeen;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rule 13: the end of a cluster, in order, each step with positive proof right before it. */
final class EndWork {

  private EndWork() {}

  static void plan(Draft d) {
    Strays.note(d);
    for (ClusterRecord cluster : d.record.clusters().values()) {
      switch (cluster.life()) {
        case ClusterLife.Drained life -> begin(d, cluster, life.since());
        case ClusterLife.Abandoned life -> begin(d, cluster, life.since());
        case Retiring life -> retire(d, cluster, life);
        case ClusterLife.Building _, ClusterLife.Serving _, ClusterLife.Kept _ -> {
          if (d.desired.stance().decommissioned()) {
            begin(d, cluster, cluster.life().since());
          }
        }
        case ClusterLife.Gone _ -> {}
      }
    }
  }

  /** A decommissioned environment without clusters says that it is at its end. */
  static void ended(Draft d) {
    if (d.record.existing() == 0) {
      d.await(
          Wait.Kind.BLOCKED,
          d.desired.environment(),
          "decommissioned: no cluster of it is left, and nothing will be done; its folder may go");
    }
  }

  /** Whether what still points at a cluster has to be searched for. */
  static boolean searched(
      Desired desired, EnvironmentRecord record, ClusterRecord cluster, Instant now) {
    return switch (cluster.life()) {
      case ClusterLife.Drained life -> due(desired, record, cluster, life.since(), now);
      case ClusterLife.Abandoned life -> due(desired, record, cluster, life.since(), now);
      case Retiring _ -> true;
      case ClusterLife.Building _, ClusterLife.Serving _, ClusterLife.Kept _ ->
          desired.stance().decommissioned();
      case ClusterLife.Gone _ -> false;
    };
  }

  private static boolean due(
      Desired desired,
      EnvironmentRecord record,
      ClusterRecord cluster,
      Instant since,
      Instant now) {
    if (desired.stance().decommissioned()) {
      return true;
    }
    return !needed(record, cluster.name())
        && Strays.keptSince(cluster, since)
            .filter(from -> !now.isBefore(from.plus(keptFor(desired, cluster))))
            .isPresent()
        && approved(desired, cluster);
  }

  /** What never served is nobody's way back: it goes by itself, and sooner. */
  private static boolean neverServed(ClusterRecord cluster) {
    return cluster.life() instanceof ClusterLife.Abandoned
        && cluster.served().isEmpty()
        && cluster.strayed().isEmpty();
  }

  private static Duration keptFor(Desired desired, ClusterRecord cluster) {
    Retirement rule = desired.retirement();
    boolean sooner =
        rule.approved().contains(cluster.name()) && rule.after().compareTo(rule.abandonAfter()) < 0;
    return neverServed(cluster) && !sooner ? rule.abandonAfter() : rule.after();
  }

  private static boolean approved(Desired desired, ClusterRecord cluster) {
    return neverServed(cluster) || desired.retirement().approved().contains(cluster.name());
  }

  /** A side of the move that still may get traffic. */
  private static boolean needed(EnvironmentRecord record, String cluster) {
    return record
        .move()
        .filter(
            move ->
                switch (move.phase()) {
                  case MovePhase.Gone _, MovePhase.Retiring _, MovePhase.Returned _ ->
                      move.serving().equals(cluster);
                  case MovePhase.Building _,
                      MovePhase.Syncing _,
                      MovePhase.Attached _,
                      MovePhase.Warm _,
                      MovePhase.Stepping _,
                      MovePhase.Soak _,
                      MovePhase.Drain _,
                      MovePhase.Returning _ ->
                      move.to().equals(cluster) || move.from().filter(cluster::equals).isPresent();
                })
        .isPresent();
  }

  private static void begin(Draft d, ClusterRecord cluster, Instant since) {
    boolean ends = d.desired.stance().decommissioned();
    if (!ends && !mayGo(d, cluster, since)) {
      return;
    }
    if (!free(d, cluster)) {
      if (ends) {
        String sentence =
            "it goes once no record and no rule names it; they are a person's to remove";
        d.await(Wait.Kind.BLOCKED, cluster.name(), "decommissioned: " + sentence);
      }
      return;
    }
    ClusterLife life =
        switch (cluster.life()) {
          case ClusterLife.Drained l -> l.retire(d.now);
          case ClusterLife.Abandoned l -> l.retire(d.now);
          case ClusterLife.Building l -> l.ended(d.now);
          case ClusterLife.Serving l -> l.ended(d.now);
          case ClusterLife.Kept l -> l.ended(d.now);
          case Retiring l -> l;
          case ClusterLife.Gone l -> l;
        };
    d.record = d.record.with(cluster.with(life));
    d.log(
        "retirement of " + cluster.name() + " begins: from here a revert builds nodes again",
        new Fact.Retires(cluster.name(), ends));
  }

  /** It is nobody's side any more, it was kept long enough, and a person said yes. */
  private static boolean mayGo(Draft d, ClusterRecord cluster, Instant since) {
    if (needed(d.record, cluster.name())) {
      return false;
    }
    Duration keptFor = keptFor(d.desired, cluster);
    Optional<Instant> from = Strays.keptSince(cluster, since);
    if (from.isEmpty()) {
      d.await(Wait.Kind.BLOCKED, cluster.name(), Strays.LASTS);
      return false;
    }
    Instant after = from.get().plus(keptFor);
    if (d.now.isBefore(after)) {
      String sentence =
          neverServed(cluster)
              ? cluster.name() + " never served and goes then, without approval"
              : cluster.name() + " may be retired then, if approved";
      d.await(Wait.until(Wait.Kind.TIME, cluster.name(), sentence, after));
      return false;
    }
    if (!approved(d.desired, cluster)) {
      String sentence = "add " + cluster.name() + " to retire.approved to let it go";
      d.await(Wait.Kind.APPROVAL, cluster.name(), sentence);
      return false;
    }
    return true;
  }

  /** Nothing points at it, nobody gives it weight, and the answers are from this very pass. */
  private static boolean free(Draft d, ClusterRecord cluster) {
    if (d.frozen.isPresent()) {
      return false;
    }
    if (d.stale.isPresent() || d.record.trafficHeld() || d.writesTraffic()) {
      d.await(
          Wait.Kind.BLOCKED,
          cluster.name(),
          d.stale.orElse("traffic is held or being written: nothing is deleted meanwhile"));
      return false;
    }
    return d.require(LastCluster.check(d, cluster))
        & d.require(Strays.check(d, cluster, keptFor(d.desired, cluster)))
        & d.require(Pointing.unreferenced(d, cluster))
        & d.require(Pointing.offRoutes(d, cluster));
  }

  private static void retire(Draft d, ClusterRecord cluster, Retiring life) {
    boolean kept = needed(d.record, cluster.name()) && !d.desired.stance().decommissioned();
    if (kept || !free(d, cluster)) {
      return;
    }
    if (d.absent(cluster.name())) {
      d.record = d.record.with(cluster.with(life.gone(d.now)));
      d.log(cluster.name() + " is gone");
      return;
    }
    Optional<ClusterSeen> seen = d.cluster(cluster.name());
    if (seen.isEmpty()) {
      d.await(Wait.Kind.UNKNOWN, cluster.name(), "clusters could not be listed");
      return;
    }
    if (seen.get().status() == ClusterSeen.Status.DELETING) {
      d.await(Wait.Kind.PROGRESS, cluster.name(), "EKS is deleting it");
      return;
    }
    switch (life.stage()) {
      case BALANCERS -> balancers(d, cluster, life, seen.get());
      case GROUPS -> groups(d, cluster, life, seen.get());
      case NODES -> nodes(d, cluster, life, seen.get());
      case PROTECTION -> protection(d, cluster, life, seen.get());
      case CLUSTER ->
          d.act(new Action.DeleteCluster(seen.get(), "delete cluster " + cluster.name()));
    }
  }

  /** A cluster that never became active has nothing inside. */
  private static void balancers(Draft d, ClusterRecord cluster, Retiring life, ClusterSeen seen) {
    switch (seen.status()) {
      case ACTIVE, UPDATING ->
          d.act(
              new Action.RemoveBalancerObjects(
                  seen, "remove what makes load balancers in " + cluster.name()));
      case CREATING, PENDING ->
          d.await(Wait.Kind.PROGRESS, cluster.name(), "EKS deletes a cluster only once created");
      case FAILED, DELETING -> next(d, cluster, life);
    }
  }

  private static void next(Draft d, ClusterRecord cluster, Retiring life) {
    d.record = d.record.with(cluster.with(life.next()));
  }

  private static void groups(Draft d, ClusterRecord cluster, Retiring life, ClusterSeen seen) {
    boolean none = true;
    for (DesiredRoute route : d.desired.routes()) {
      if (route instanceof DesiredRoute.Alb alb
          && d.route(route.name()).known().orElse(null) instanceof AlbRouteSeen there
          && there.ours().containsKey(cluster.name())) {
        none = false;
        String group = there.ours().get(cluster.name());
        d.act(new Action.DeleteGroup(seen, alb, group, "delete target group of " + cluster.name()));
      }
    }
    if (none) {
      next(d, cluster, life);
    }
  }

  private static void nodes(Draft d, ClusterRecord cluster, Retiring life, ClusterSeen seen) {
    switch (seen.nodegroups()) {
      case Unknown<List<NodegroupSeen>>(_, String why) ->
          d.await(Wait.Kind.UNKNOWN, cluster.name(), "node groups could not be listed: " + why);
      case Known<List<NodegroupSeen>>(List<NodegroupSeen> groups) -> {
        if (groups.isEmpty()) {
          next(d, cluster, life);
        }
        for (NodegroupSeen group : groups) {
          if (group.status().equals("DELETING")) {
            d.await(Wait.Kind.PROGRESS, cluster.name(), "node group " + group.name() + " goes");
          } else {
            d.act(
                new Action.DeleteNodegroup(
                    seen, group.name(), "delete node group " + group.name()));
          }
        }
      }
    }
  }

  private static void protection(Draft d, ClusterRecord cluster, Retiring life, ClusterSeen seen) {
    if (seen.deletionProtection()) {
      d.act(new Action.Unprotect(seen, "switch deletion protection of " + cluster.name() + " off"));
    } else {
      next(d, cluster, life);
    }
  }
}
