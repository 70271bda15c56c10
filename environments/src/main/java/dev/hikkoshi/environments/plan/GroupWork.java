package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Target groups of ours and the bindings that feed them, before a route is attached. */
final class GroupWork {

  private GroupWork() {}

  static void plan(Draft d) {
    if (d.move().isEmpty()) {
      return;
    }
    MoveRecord move = d.move().get();
    boolean early =
        move.phase() instanceof MovePhase.Building || move.phase() instanceof MovePhase.Syncing;
    for (String cluster : clusters(move)) {
      if (ledThereBefore(d, cluster) || (early && cluster.equals(move.to()))) {
        continue;
      }
      boolean alive =
          d.record
              .cluster(cluster)
              .filter(c -> c.life().alive() && !(c.life() instanceof ClusterLife.Retiring))
              .isPresent();
      Optional<ClusterSeen> seen = d.cluster(cluster);
      if (alive && seen.isPresent()) {
        d.desired.routes().forEach(route -> plan(d, route, seen.get()));
      }
    }
  }

  /**
   * What leads to an adopted cluster is what led there before, unless a retirement that was broken
   * off has taken it away.
   */
  private static boolean ledThereBefore(Draft d, String cluster) {
    return d.adopted(cluster)
        && d.record.cluster(cluster).flatMap(ClusterRecord::takenAway).isEmpty();
  }

  private static List<String> clusters(MoveRecord move) {
    return Stream.concat(move.from().stream(), Stream.of(move.to())).sorted().toList();
  }

  private static void plan(Draft d, DesiredRoute route, ClusterSeen cluster) {
    if (!(route instanceof DesiredRoute.Alb alb)
        || !(d.route(route.name()).known().orElse(null) instanceof AlbRouteSeen seen)) {
      return;
    }
    Optional<String> known = Readiness.group(d, route, seen, cluster.name());
    if (known.isEmpty()) {
      boolean stands = d.frozen.isPresent() && !d.move().orElseThrow().returning();
      if (!stands && d.backend(cluster.name(), alb.name()) instanceof Known) {
        d.act(
            new Action.CreateGroup(
                alb.name(),
                alb,
                seen,
                cluster.name(),
                alb.probe(),
                "target group of %s for route %s".formatted(cluster.name(), alb.name())));
      }
      return;
    }
    String group = known.get();
    boolean unbound =
        d.backend(cluster.name(), alb.name())
            .knownAnd(b -> b.binding().filter(group::equals).isEmpty());
    if (unbound) {
      d.act(
          new Action.Bind(
              cluster,
              alb.name(),
              alb.backend(),
              group,
              "targets of route %s in %s go to its group".formatted(alb.name(), cluster.name())));
    }
  }
}
