package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Rule 16 by the world's own clock: a step starts in a window, and a return at any hour. */
final class WindowRules implements Watch {

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final List<Window> windows;
  private final Consumer<String> broken;
  private final Consumer<String> happened;

  WindowRules(
      World world,
      Supplier<EnvironmentRecord> record,
      List<Window> windows,
      Consumer<String> broken,
      Consumer<String> happened) {
    this.world = world;
    this.record = record;
    this.windows = windows;
    this.broken = broken;
    this.happened = happened;
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    if (windows.isEmpty() || world.late || foreign) {
      return;
    }
    MoveRecord move = record.get().move().orElseThrow();
    boolean closed = !openWithin(world.look.plus(world.precision));
    if (move.returning() && closed) {
      happened.accept("a return while no window is open");
    }
    if (closed && starts(move, before, after)) {
      broken.accept("a step starts in a window: %s became %s".formatted(before, after));
    }
  }

  /** One of the two sides of the move gives, the other gets; a third that gives way is no step. */
  private boolean starts(MoveRecord move, Sides before, Sides after) {
    boolean gives =
        move.from().filter(from -> before.weight(from) > after.weight(from)).isPresent();
    boolean third = before.receiving().stream().anyMatch(world.putBack::contains);
    return move.phase() instanceof MovePhase.Forward
        && gives
        && !third
        && after.weight(move.to()) > before.weight(move.to());
  }

  /** What was decided by a look may be written so long after it. */
  private boolean openWithin(Duration look) {
    Instant now = world.time.instant();
    return windows.stream().anyMatch(w -> w.open(now) || w.open(now.minus(look)));
  }
}
