package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Rule 7 on what is asked before a step: nobody gets more share while an index is behind. */
final class BeforeRules implements Watch {

  private final World world;
  private final SimLag lag;
  private final Supplier<EnvironmentRecord> record;
  private final Consumer<String> broken;

  BeforeRules(
      World world, SimLag lag, Supplier<EnvironmentRecord> record, Consumer<String> broken) {
    this.world = world;
    this.lag = lag;
    this.record = record;
    this.broken = broken;
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    MoveRecord move = record.get().move().orElseThrow();
    String fresh = move.to();
    boolean alone = world.alone(before, fresh) || move.route(dns ? "web" : "api").alone();
    boolean step = after.share(fresh) > before.share(fresh);
    if (world.late || foreign || alone || !step || !(move.phase() instanceof MovePhase.Forward)) {
      return;
    }
    if (lag.behind(fresh, world.time.instant())) {
      broken.accept("a step waits for what is asked before it: %s is behind".formatted(fresh));
    }
  }
}
