package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.Handover;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A handover: first everything is seen that will be left, then our tags come off target groups and
 * clusters, and once nothing carries them any more, all but that is forgotten. Weights, releases
 * and bindings are not touched; commits are not followed meanwhile.
 */
final class HandoverWork {

  private HandoverWork() {}

  static void plan(Draft d, Handover.Asked asked) {
    if (!seen(d)) {
      return;
    }
    Handover.Asked told = asked;
    if (asked.left().isEmpty()) {
      told = asked.seen(Leavings.of(d));
      d.record = d.record.with(told);
    }
    List<Action> tags = new ArrayList<>(groups(d));
    tags.addAll(clusters(d));
    if (tags.isEmpty()) {
      d.record = d.record.letGo(told.done(d.now));
      d.log("handed over: nothing is managed any more");
      return;
    }
    if (d.desired.mode() != Desired.Mode.ACT) {
      d.await(
          Wait.Kind.APPROVAL,
          d.desired.environment(),
          "our tags are on clusters or groups, and taking them off is a write: it is done in mode act");
    }
    tags.forEach(d::act);
  }

  /** What is ours has to be known before anything is called nobody's. */
  private static boolean seen(Draft d) {
    boolean all = true;
    if (d.observed.clusters() instanceof Unknown<List<ClusterSeen>>(_, String why)) {
      String sentence = "handover: clusters could not be listed: " + why;
      d.await(Wait.Kind.UNKNOWN, d.desired.environment(), sentence);
      all = false;
    }
    for (DesiredRoute route : d.desired.routes()) {
      if (route instanceof DesiredRoute.Alb
          && d.route(route.name()) instanceof Unknown<RouteSeen>(_, String why)) {
        String sentence = "handover: its target groups could not be seen: " + why;
        d.await(Wait.Kind.UNKNOWN, route.name(), sentence);
        all = false;
      }
    }
    return all;
  }

  private static List<Action> groups(Draft d) {
    List<Action> untag = new ArrayList<>();
    for (DesiredRoute route : d.desired.routes()) {
      if (route instanceof DesiredRoute.Alb alb
          && d.route(route.name()) instanceof Known<RouteSeen>(AlbRouteSeen there)) {
        Map<String, String> ours = new TreeMap<>(there.ours());
        ours.forEach(
            (cluster, arn) ->
                untag.add(
                    new Action.UntagGroup(
                        alb,
                        arn,
                        "hand over target group of %s for %s".formatted(cluster, alb.name()))));
      }
    }
    return untag;
  }

  private static List<Action> clusters(Draft d) {
    return d.observed.clusters().known().orElse(List.of()).stream()
        .filter(cluster -> ours(d, cluster))
        .map(c -> (Action) new Action.UntagCluster(c, "hand over cluster " + c.name()))
        .toList();
  }

  /** An adopted cluster is seen by its name, with or without our tag. */
  private static boolean ours(Draft d, ClusterSeen cluster) {
    String tag = cluster.tags().getOrDefault(EksGateway.ENVIRONMENT_TAG, "");
    return d.desired.tags().contains(tag);
  }
}
