package dev.hikkoshi.demo.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One share that one route was meant to have for a while.
 *
 * @param move its id
 * @param number from 1, within the move or the return
 * @param gaining the cluster that gains
 * @param percent its intended share
 * @param writtenAt when the write of the weights was answered
 * @param insync from the write to INSYNC, where there is such a thing
 * @param effectiveAt from when on nobody may hold an older answer
 * @param judgedAt when the controller was content with it
 * @param endsAt when the next other share was written; empty while it holds
 * @param cut a return began before the controller was content
 */
public record StepSeen(
    String move,
    Kind kind,
    String route,
    int number,
    String gaining,
    int percent,
    Optional<Instant> writtenAt,
    Optional<Duration> insync,
    Optional<Instant> effectiveAt,
    Optional<Instant> judgedAt,
    Optional<Instant> endsAt,
    boolean cut) {

  /** Which way. */
  public enum Kind {
    MOVE,
    RETURN
  }

  /** Whether it is over, or is nothing more to wait for. */
  public boolean ended() {
    return endsAt.isPresent();
  }

  StepSeen written(Instant at) {
    return writtenAt.isPresent()
        ? this
        : copy(Optional.of(at), insync, effectiveAt, judgedAt, endsAt, cut);
  }

  StepSeen insync(Instant written, Instant at) {
    return insync.isPresent()
        ? this
        : copy(
            writtenAt,
            Optional.of(Duration.between(written, at)),
            effectiveAt,
            judgedAt,
            endsAt,
            cut);
  }

  /** A later instant counts when a person let the step be looked at again. */
  StepSeen effective(Instant at) {
    return copy(writtenAt, insync, Optional.of(at), judgedAt, endsAt, cut);
  }

  StepSeen judged(Instant at) {
    return copy(writtenAt, insync, effectiveAt, Optional.of(at), endsAt, cut);
  }

  StepSeen ends(Instant at) {
    return ended() ? this : copy(writtenAt, insync, effectiveAt, judgedAt, Optional.of(at), cut);
  }

  StepSeen cut(Instant at) {
    return ended() ? this : copy(writtenAt, insync, effectiveAt, judgedAt, Optional.of(at), true);
  }

  private StepSeen copy(
      Optional<Instant> written,
      Optional<Duration> sync,
      Optional<Instant> effective,
      Optional<Instant> judged,
      Optional<Instant> ends,
      boolean wasCut) {
    return new StepSeen(
        move, kind, route, number, gaining, percent, written, sync, effective, judged, ends,
        wasCut);
  }
}
