package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RunOnce;
import java.util.Optional;
import java.util.function.Consumer;

/** Rule 11 on when run-once work goes over: with its share of every route, and not before. */
final class RunOnceRules {

  private static final double WHOLE = 100;
  private static final double ROUNDED = 1e-6;

  private final World world;
  private final Consumer<String> broken;

  RunOnceRules(World world, Consumer<String> broken) {
    this.world = world;
    this.broken = broken;
  }

  /** Looks at what a pass that was not deceived came to. */
  void after(Desired desired, EnvironmentRecord before, EnvironmentRecord now) {
    Optional<MoveRecord> move =
        now.move()
            .filter(m -> m.phase() instanceof MovePhase.Stepping && m.from().isPresent())
            .filter(m -> goesTo(m.to(), now) && !goesTo(m.to(), before));
    if (move.isEmpty() || world.dns.foreign || world.alb.foreign) {
      return;
    }
    for (DesiredRoute route : desired.routes()) {
      Sides sides = route.name().equals("web") ? world.dns.sides() : world.alb.sides();
      boolean alone = move.get().route(route.name()).alone();
      if (!alone && percent(move.get(), sides) < desired.move().runOnceAt() - ROUNDED) {
        broken.accept(
            "run-once work goes with its share: %s has %s".formatted(route.name(), sides));
      }
    }
  }

  private static boolean goesTo(String cluster, EnvironmentRecord record) {
    return record.runOnce().map(RunOnce::goal).filter(cluster::equals).isPresent();
  }

  /** Of what the two sides of the move have. */
  private static double percent(MoveRecord move, Sides sides) {
    double mine = sides.weight(move.to());
    double both = mine + move.from().map(sides::weight).orElse(0);
    return both == 0 ? 0 : WHOLE * mine / both;
  }
}
