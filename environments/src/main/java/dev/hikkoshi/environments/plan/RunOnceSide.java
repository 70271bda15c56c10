package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RunOnce;
import java.util.List;
import java.util.Optional;

/** Which side run-once work belongs to (rule 11); pure, for those who look and those who decide. */
public final class RunOnceSide {

  private RunOnceSide() {}

  /**
   * Whether serving-only work may run in a cluster now. Nothing is remembered on the first look
   * after something was classified so: then it goes on where it belongs, and is not stopped for a
   * moment first.
   */
  public static boolean mayRun(Desired desired, EnvironmentRecord record, String cluster) {
    return record
        .runOnce()
        .map(r -> r.in(cluster))
        .orElseGet(() -> of(desired, record).filter(cluster::equals).isPresent());
  }

  /** Where it is wanted; empty while nobody serves. */
  static Optional<String> of(Desired desired, EnvironmentRecord record) {
    if (record.move().isEmpty()) {
      List<String> serving =
          record.clusters().values().stream()
              .filter(c -> c.life() instanceof ClusterLife.Serving)
              .map(ClusterRecord::name)
              .toList();
      return record.blank() ? desired.adopt().map(Adopt::cluster) : only(serving);
    }
    MoveRecord move = record.move().get();
    return switch (move.phase()) {
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          move.from();
      case MovePhase.Stepping _ ->
          reached(desired, record, move) ? Optional.of(move.to()) : move.from();
      case MovePhase.Soak _, MovePhase.Drain _, MovePhase.Retiring _, MovePhase.Gone _ ->
          Optional.of(move.to());
    };
  }

  private static Optional<String> only(List<String> serving) {
    return serving.size() == 1 ? Optional.of(serving.getFirst()) : Optional.empty();
  }

  /** Every route gives the new side its part; once it was so, only a return takes it back. */
  private static boolean reached(Desired desired, EnvironmentRecord record, MoveRecord move) {
    if (record.runOnce().map(RunOnce::goal).filter(move.to()::equals).isPresent()) {
      return true;
    }
    return !desired.routes().isEmpty()
        && desired.routes().stream()
            .map(DesiredRoute::name)
            .allMatch(route -> effective(desired, move, move.route(route)));
  }

  private static boolean effective(Desired desired, MoveRecord move, RouteMove route) {
    return switch (route.progress()) {
      case RouteProgress.Watching p ->
          Course.of(move, route).percent(p.step()) >= desired.move().runOnceAt();
      case RouteProgress.Judged p ->
          Course.of(move, route).percent(p.step()) >= desired.move().runOnceAt();
      // The step before it was effective, and steps only ascend.
      case RouteProgress.Writing(int step, _, _) ->
          step > 1 && Course.of(move, route).percent(step - 1) >= desired.move().runOnceAt();
      case RouteProgress.Settling(int step, _, _, _) ->
          step > 1 && Course.of(move, route).percent(step - 1) >= desired.move().runOnceAt();
      case RouteProgress.Waiting _, RouteProgress.Attached _ -> false;
    };
  }
}
