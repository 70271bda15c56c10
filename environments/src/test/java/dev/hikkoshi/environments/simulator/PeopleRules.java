package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Rule 16 on the freeze, and approvals, by what people really said: while everything is frozen, or
 * nobody can say whether it is, no share is gained, nothing is made and nothing is taken away; and
 * a step that asks for a person is not taken before one named it.
 */
final class PeopleRules implements Watch {

  private static final List<String> MAKES = List.of("Create", "ScaleNodegroup", "Remove");

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Consumer<String> broken;

  PeopleRules(World world, Supplier<EnvironmentRecord> record, Consumer<String> broken) {
    this.world = world;
    this.record = record;
    this.broken = broken;
  }

  private boolean returning() {
    return record
        .get()
        .move()
        .map(MoveRecord::phase)
        .filter(p -> p instanceof MovePhase.Returning || p instanceof MovePhase.Returned)
        .isPresent();
  }

  @Override
  public void intended(String key) {
    boolean home = returning() && key.startsWith("CreateGroup");
    if (world.frozen() && !world.late && !home && MAKES.stream().anyMatch(key::startsWith)) {
      broken.accept("while everything is frozen nothing is made: " + key);
    }
  }

  @Override
  public void destroying(Cluster cluster, String what) {
    if (world.frozen() && !world.late) {
      broken.accept("while everything is frozen nothing is taken away: " + what);
    }
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    if (world.late || returning()) {
      return;
    }
    MoveRecord move = record.get().move().orElseThrow();
    boolean gained = after.share(move.to()) > before.share(move.to());
    if (gained && world.frozen()) {
      broken.accept(
          "while everything is frozen no share is gained: " + before + " became " + after);
    }
    if (gained && !world.alone(before, move.to())) {
      move.steps().stream()
          .filter(s -> s.approve() && s.percent() == after.weight(move.to()))
          .map(Step::percent)
          .filter(p -> !world.approved.contains(move.id() + " " + p))
          .forEach(p -> broken.accept("a step waits for the person it asks for: " + p));
    }
  }
}
