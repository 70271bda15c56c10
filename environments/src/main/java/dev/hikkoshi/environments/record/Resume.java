package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.RouteProgress;
import java.time.Instant;

/**
 * A person lifts every hold of an environment.
 *
 * @param author who
 * @param reason why it is safe
 * @param acceptWeights the weights as they are now become the known ones
 */
public record Resume(String author, String reason, boolean acceptWeights, Instant at) {

  /** The record after it; pure, and the same when applied twice. */
  public EnvironmentRecord on(EnvironmentRecord record) {
    if (record.holds().isEmpty() && !acceptWeights) {
      return record;
    }
    EnvironmentRecord next = record;
    for (Hold hold : record.holds()) {
      next = lift(next.withoutHold(hold), hold);
    }
    if (acceptWeights) {
      for (RouteRecord route : record.routes().values()) {
        next = next.with(route.accepting());
      }
    }
    String accepted = acceptWeights ? ", weights accepted as they are" : "";
    return next.log(at, author, "resumed: " + reason + accepted, "");
  }

  private EnvironmentRecord lift(EnvironmentRecord record, Hold hold) {
    return record
        .move()
        .map(
            move ->
                switch (hold.reason()) {
                  case HOME_TOO_SMALL -> record.with(move.waiveCapacity());
                  case TOO_FEW_SAMPLES, SHARE_DISAGREES, FOREIGN_WRITE ->
                      record.with(watchAgain(move, hold));
                })
        .orElse(record);
  }

  private MoveRecord watchAgain(MoveRecord move, Hold hold) {
    if (!(move.route(hold.subject()).progress() instanceof RouteProgress.Watching watching)) {
      return move;
    }
    return switch (hold.reason()) {
      case TOO_FEW_SAMPLES ->
          move.with(hold.subject(), watching.judged(at, "accepted by " + author + ": " + reason));
      case SHARE_DISAGREES, FOREIGN_WRITE, HOME_TOO_SMALL ->
          move.with(hold.subject(), watching.again(at));
    };
  }
}
