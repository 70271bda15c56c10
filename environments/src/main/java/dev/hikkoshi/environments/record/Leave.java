package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import java.time.Instant;
import java.util.Optional;

/**
 * A person takes an environment out of Hikkoshi's hands. It is refused while anything is half done:
 * whoever gets the environment must find its traffic whole, and nothing that is about to go.
 */
public record Leave(String author, String reason, Instant at) implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    return record
        .handover()
        .map(Leave::already)
        .or(() -> record.move().filter(m -> underWay(m.phase())).map(Leave::moving))
        .or(() -> deleting(record))
        .or(() -> record.runOnce().flatMap(Leave::passing));
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    if (record.handover().isPresent()) {
      return record;
    }
    return refusal(record)
        .map(why -> record.log(at, author, "handover refused: " + why, ""))
        .orElseGet(
            () ->
                record
                    .with(new Handover.Asked(author, reason, at, Optional.empty()))
                    .log(at, author, "handover asked for: " + reason, ""));
  }

  private static String already(Handover handover) {
    return switch (handover) {
      case Handover.Asked asked -> "it is being handed over, as asked by " + asked.author();
      case Handover.Done done -> "it was handed over, as asked by " + done.author();
    };
  }

  /** Whether traffic or a build is between two states. */
  private static boolean underWay(MovePhase phase) {
    return switch (phase) {
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Drain _,
          MovePhase.Returning _ ->
          true;
      case MovePhase.Retiring _, MovePhase.Gone _, MovePhase.Returned _ -> false;
    };
  }

  private static String moving(MoveRecord move) {
    return "the move to %s is under way (%s): let it end, or revert the commit that began it"
        .formatted(move.to(), move.phase().word());
  }

  private static Optional<String> deleting(EnvironmentRecord record) {
    return record.clusters().values().stream()
        .filter(c -> c.life() instanceof ClusterLife.Retiring)
        .findFirst()
        .map(c -> c.name() + " is being deleted: let that end first");
  }

  private static Optional<String> passing(RunOnce runOnce) {
    return switch (runOnce) {
      case RunOnce.At _ -> Optional.empty();
      case RunOnce.Passing passing ->
          Optional.of(
              "run-once work is on its way from %s to %s and runs nowhere"
                  .formatted(passing.from(), passing.to()));
    };
  }
}
