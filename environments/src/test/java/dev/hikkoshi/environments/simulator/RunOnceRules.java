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
      double percent = TurnRules.percent(move.get(), sides) + TurnRules.ROUNDED;
      if (!alone && percent < desired.move().runOnceAt()) {
        broken.accept(
            "run-once work goes with its share: %s has %s".formatted(route.name(), sides));
      }
    }
  }

  private static boolean goesTo(String cluster, EnvironmentRecord record) {
    return record.runOnce().map(RunOnce::goal).filter(cluster::equals).isPresent();
  }
}
