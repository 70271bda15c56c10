package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.MovePhase;
import java.time.Instant;
import java.util.Optional;

/**
 * A person brings traffic home now, whatever Git says. What the left cluster was built from is bad
 * from then on (rule 12), so that the commit which still asks for it does not begin the move again.
 */
public record GoHome(String author, String reason, Instant at) implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    if (record.move().isEmpty()) {
      return Optional.of("there is no move to turn back");
    }
    MoveRecord move = record.move().get();
    return switch (move.phase()) {
      case MovePhase.Forward _ -> noHome(record, move);
      case MovePhase.Returning _ -> Optional.of("it is on its way home already");
      case MovePhase.Returned _ -> Optional.of("traffic is home, on " + move.serving());
      case MovePhase.Gone _ -> Optional.of("the move is over: the cluster that was home is gone");
    };
  }

  private static Optional<String> noHome(EnvironmentRecord record, MoveRecord move) {
    if (move.from().isEmpty()) {
      return Optional.of("this is the first cluster: there is no home");
    }
    String home = move.from().get();
    boolean there =
        home.equals(External.SIDE) || record.cluster(home).filter(c -> c.life().home()).isPresent();
    return there
        ? Optional.empty()
        : Optional.of(home + " is being taken down: a commit with its definition moves back");
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    boolean onItsWay =
        record
            .move()
            .map(MoveRecord::phase)
            .filter(MovePhase.Returning.class::isInstance)
            .isPresent();
    if (onItsWay) {
      return record;
    }
    Optional<String> refused = refusal(record);
    if (refused.isPresent()) {
      return record.log(at, author, "return refused: " + refused.get(), "");
    }
    String left = record.move().orElseThrow().to();
    return record.turnedBack(at, author, reason).withBad(left, author + ": " + reason);
  }
}
