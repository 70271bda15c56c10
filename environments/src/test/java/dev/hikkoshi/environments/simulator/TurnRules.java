package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whose turn it is, by the shares that the world really has: routes that step together are never a
 * step apart, and one that comes later in the file begins when those before it are over.
 */
final class TurnRules implements Watch {

  private static final double WHOLE = 100;
  static final double ROUNDED = 1e-6;

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Supplier<Wishes> wish;
  private final Consumer<String> broken;

  TurnRules(
      World world,
      Supplier<EnvironmentRecord> record,
      Supplier<Wishes> wish,
      Consumer<String> broken) {
    this.world = world;
    this.record = record;
    this.wish = wish;
    this.broken = broken;
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    Wishes now = wish.get();
    MoveRecord move = record.get().move().orElseThrow();
    String side = move.to();
    boolean gained = after.share(side) > before.share(side);
    boolean alone = before.of().keySet().stream().allMatch(side::equals);
    boolean steps = move.phase() instanceof MovePhase.Forward && gained && !alone;
    // What somebody else made of the other route is not looked at yet.
    boolean theirs = foreign || (world.route(!dns).foreign);
    if (!steps || world.late || theirs || !now.dns() || !now.alb()) {
      return;
    }
    Sides other = world.route(!dns).sides();
    double needed = now.order() == Order.TOGETHER ? reached(move, before) : inOrder(dns);
    if (percent(move, other) < needed - ROUNDED) {
      broken.accept(
          "routes take their turns: %s became %s while the other one has %s"
              .formatted(before, after, other));
    }
  }

  /** Web is the first in the file: it waits for nobody, and the other one for all of it. */
  private static double inOrder(boolean web) {
    return web ? 0 : WHOLE;
  }

  /** The highest step that has been reached. */
  private static double reached(MoveRecord move, Sides sides) {
    return move.steps().stream()
        .mapToInt(Step::percent)
        .filter(percent -> percent <= percent(move, sides) + ROUNDED)
        .max()
        .orElse(0);
  }

  /** Of what the two sides of the move have; a third one that somebody put back does not count. */
  static double percent(MoveRecord move, Sides sides) {
    double mine = sides.weight(move.to());
    double both = mine + move.from().map(sides::weight).orElse(0);
    return both == 0 ? 0 : WHOLE * mine / both;
  }
}
