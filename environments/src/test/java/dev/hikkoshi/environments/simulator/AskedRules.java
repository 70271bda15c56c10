package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.simulator.SimAsked.Word;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A step never goes on while somebody who has to be asked says no, or was never heard. By the books
 * of those who were asked: what the record says of it is not asked.
 */
final class AskedRules implements Watch {

  private final SimAsked asked;
  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Consumer<String> broken;

  /** When a person last said that it may go on. */
  private Instant excused = Instant.MIN;

  AskedRules(
      SimAsked asked, World world, Supplier<EnvironmentRecord> record, Consumer<String> broken) {
    this.asked = asked;
    this.world = world;
    this.record = record;
    this.broken = broken;
  }

  /** A person resumed: what follows is on their word. */
  void excused() {
    excused = world.time.instant();
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    MoveRecord move = record.get().move().orElseThrow();
    String fresh = move.to();
    boolean alone = world.alone(before, fresh);
    boolean more = after.share(fresh) > before.share(fresh);
    if (world.late || foreign || alone || !more || !(move.phase() instanceof MovePhase.Forward)) {
      return;
    }
    String route = dns ? "web" : "api";
    boolean begun = before.weight(fresh) > 0;
    if (begun) {
      heard(move, route, SampleChecks.GATE.name(), before.weight(fresh), "while it lasts");
    }
    if (after.weight(fresh) > 0) {
      heard(move, route, SampleChecks.CAUGHT_UP.name(), after.weight(fresh), "before it begins");
    }
  }

  private void heard(MoveRecord move, String route, String check, int percent, String when) {
    Optional<Word> word = asked.word(move.id(), route, check, percent);
    boolean never = word.isEmpty() && excused.isBefore(move.startedAt());
    boolean refused = word.filter(w -> !w.good() && w.at().isAfter(excused)).isPresent();
    if (never || refused) {
      broken.accept(
          "%s is heard %s, and it is good: %s at %d %%, %s"
              .formatted(check, when, route, percent, word.map(Word::toString).orElse("never")));
    }
  }
}
