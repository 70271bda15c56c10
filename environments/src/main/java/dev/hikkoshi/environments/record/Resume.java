package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.RouteProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person lifts every hold of an environment.
 *
 * @param author who
 * @param reason why it is safe
 * @param acceptWeights the weights as they are now become the known ones
 * @param runOnceAnyway run-once work may start though the other side is not proven stopped; nothing
 *     else lifts that hold, so that nobody lifts it by the way
 * @param tryAgain what traffic was brought home from may be tried again
 */
public record Resume(
    String author,
    String reason,
    boolean acceptWeights,
    boolean runOnceAnyway,
    boolean tryAgain,
    Instant at)
    implements Order {

  /** A person lifts everything but the hold on run-once work. */
  public Resume(String author, String reason, boolean acceptWeights, Instant at) {
    this(author, reason, acceptWeights, false, false, at);
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    List<Hold> lifted = record.holds().stream().filter(this::lifts).toList();
    boolean clears = tryAgain && !record.bad().isEmpty();
    if (lifted.isEmpty() && !acceptWeights && !clears) {
      return record;
    }
    EnvironmentRecord next = clears ? record.nothingBad() : record;
    for (Hold hold : lifted) {
      next = lift(next.withoutHold(hold), hold);
    }
    if (acceptWeights) {
      for (RouteRecord route : record.routes().values()) {
        next = next.with(route.accepting());
      }
    }
    String accepted = acceptWeights ? ", weights accepted as they are" : "";
    String anyway = runOnceAnyway ? ", run-once work starts anyway" : "";
    String again = clears ? ", what was bad is tried again" : "";
    return next.log(
        at,
        author,
        "resumed: " + reason + accepted + anyway + again,
        "",
        Optional.of(new Fact.Resumed()));
  }

  /** Whether this is the word that a hold waits for. */
  public boolean lifts(Hold hold) {
    return runOnceAnyway || hold.reason() != Hold.Reason.RUN_ONCE_UNPROVEN;
  }

  private EnvironmentRecord lift(EnvironmentRecord record, Hold hold) {
    if (hold.reason() == Hold.Reason.RUN_ONCE_UNPROVEN) {
      return record.runOnce(record.runOnce().map(this::overridden));
    }
    return record
        .move()
        .map(
            move ->
                switch (hold.reason()) {
                  case HOME_TOO_SMALL -> record.with(move.waiveCapacity());
                  case HOME_GONE -> move.returning() ? over(record, move) : record;
                  case PERSON -> record;
                  case TOO_FEW_SAMPLES,
                      SHARE_DISAGREES,
                      CHECK_FAILED,
                      FOREIGN_WRITE,
                      RUN_ONCE_UNPROVEN ->
                      record.with(watchAgain(move, hold));
                })
        .orElse(record);
  }

  /** Home is gone: what was bad about the side that is left is no reason any more. */
  private EnvironmentRecord over(EnvironmentRecord record, MoveRecord move) {
    MoveRecord over = move.nowhere(at);
    String word = over.phase().word();
    return move.from()
        .map(home -> record.change(home, c -> c.with(left(c.life()))))
        .orElse(record)
        .with(over)
        .withoutBad(over.to())
        .log(
            at,
            author,
            "phase %s: home is gone, all traffic goes to %s".formatted(word, over.to()),
            "",
            Optional.of(new Fact.Phase(word)));
  }

  /** It is nobody's home any more, and goes as others do, should there be anything left of it. */
  private ClusterLife left(ClusterLife life) {
    return switch (life) {
      case ClusterLife.Serving serving -> serving.abandoned(at);
      case ClusterLife.Kept kept -> kept.drained(at);
      case ClusterLife.Building _,
          ClusterLife.Drained _,
          ClusterLife.Abandoned _,
          ClusterLife.Retiring _,
          ClusterLife.Gone _ ->
          life;
    };
  }

  private RunOnce overridden(RunOnce runOnce) {
    return runOnce instanceof RunOnce.Passing passing
        ? passing.overridden(author + ": " + reason)
        : runOnce;
  }

  private MoveRecord watchAgain(MoveRecord before, Hold hold) {
    RouteMove state = before.route(hold.subject());
    MoveRecord move =
        before.routes().containsKey(hold.subject())
            ? before.with(hold.subject(), state.with(state.judging().again(at)))
            : before;
    if (!(move.route(hold.subject()).progress() instanceof RouteProgress.Watching watching)) {
      return move;
    }
    return switch (hold.reason()) {
      case TOO_FEW_SAMPLES ->
          move.with(hold.subject(), watching.judged(at, "accepted by " + author + ": " + reason));
      case PERSON,
          SHARE_DISAGREES,
          CHECK_FAILED,
          FOREIGN_WRITE,
          HOME_TOO_SMALL,
          HOME_GONE,
          RUN_ONCE_UNPROVEN ->
          move.with(hold.subject(), watching.again(at));
    };
  }
}
