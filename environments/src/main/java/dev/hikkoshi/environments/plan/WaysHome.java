package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.record.WayHome;
import java.util.Optional;

/**
 * Keeps, for every route, what a person types to bring its traffic home without Hikkoshi. It is
 * made from what was seen and from the write that is about to be made, and saved before that write:
 * a process that dies at any instant leaves commands that are right.
 */
final class WaysHome {

  private WaysHome() {}

  static void remember(Draft d) {
    for (DesiredRoute route : d.desired.routes()) {
      Optional<RouteRecord> known = d.record.route(route.name());
      if (known.isPresent()) {
        remember(d, route, known.get());
      }
    }
  }

  private static void remember(Draft d, DesiredRoute route, RouteRecord known) {
    Optional<String> home = home(d);
    if (home.isEmpty()) {
      d.record = d.record.with(known.with(Optional.empty()));
      return;
    }
    if (!(d.route(route.name()) instanceof Known<RouteSeen>(RouteSeen seen))) {
      // What was right at the last look is the best there is.
      return;
    }
    boolean told = known.wayHome().filter(w -> w.home().equals(home.get())).isPresent();
    if (told && maybeOld(d, route, known)) {
      // An old answer shows what was, a group too that is deleted since.
      return;
    }
    Optional<WayHome> way = way(d, route, seen, home.get());
    // A write without an answer may still give weight away.
    boolean mayGo =
        known.intended().isPresent()
            || !d.sides(route).knownAnd(s -> s.receiving().contains(home.get()));
    if (told && way.isEmpty() && mayGo) {
      return;
    }
    d.record = d.record.with(known.with(way));
    if (way.isPresent() && !way.equals(known.wayHome())) {
      d.log(
          "home by hand, %s to %s: %s"
              .formatted(route.name(), home.get(), String.join(" && ", way.get().commands())));
    }
  }

  private static boolean maybeOld(Draft d, DesiredRoute route, RouteRecord known) {
    return d.sides(route).knownAnd(s -> !known.knows(s) && known.former(s, d.now));
  }

  /**
   * Where a person would bring traffic: the move's old side, until its nodes are being retired or
   * somebody deleted it.
   */
  private static Optional<String> home(Draft d) {
    return d.move()
        .filter(
            move ->
                switch (move.phase()) {
                  case MovePhase.Forward _, MovePhase.Returning _ -> true;
                  case MovePhase.Gone _, MovePhase.Returned _ -> false;
                })
        .flatMap(MoveRecord::from)
        .filter(
            home ->
                home.equals(External.SIDE)
                    || d.record.cluster(home).filter(c -> c.life().home()).isPresent())
        .filter(home -> !LostCluster.is(d, home));
  }

  private static Optional<WayHome> way(Draft d, DesiredRoute route, RouteSeen seen, String home) {
    Optional<Action.TrafficWrite> next =
        d.writes().filter(write -> write.route().equals(route.name())).findFirst();
    return switch (route) {
      case DesiredRoute.Dns dns ->
          new DnsWayHome(d, dns, (DnsRouteSeen) seen, home)
              .way(next.map(Action.WriteRecords.class::cast));
      case DesiredRoute.Alb alb ->
          new AlbWayHome(d, alb, (AlbRouteSeen) seen, home)
              .way(next.map(Action.WriteRule.class::cast));
    };
  }
}
