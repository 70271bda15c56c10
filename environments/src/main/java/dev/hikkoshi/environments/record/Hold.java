package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Comparator;

/**
 * Nothing of its scope is written until a person or a commit says so.
 *
 * @param subject the route it is about; the environment where a person holds it; for run-once work
 *     the cluster that has to stop it
 * @param text what was found, with the evidence
 */
public record Hold(Scope scope, Reason reason, String subject, String text, Instant since)
    implements Comparable<Hold> {

  private static final Comparator<Hold> ORDER =
      Comparator.comparing(Hold::subject).thenComparing(Hold::reason);

  @Override
  public int compareTo(Hold other) {
    return ORDER.compare(this, other);
  }

  /**
   * Whether it holds on after the move turned back: what was wrong with the new side is no more.
   */
  boolean outlivesReturn() {
    return reason == Reason.FOREIGN_WRITE || reason == Reason.PERSON;
  }

  /** A return is stopped only by what nobody can explain, and where there is no home. */
  public boolean stopsReturn() {
    return reason == Reason.FOREIGN_WRITE || reason == Reason.HOME_GONE;
  }

  /** What is not written. */
  public enum Scope {
    TRAFFIC,
    CLUSTERS,
    RELEASES
  }

  /** Why. */
  public enum Reason {
    /** A person wants it to stand still. */
    PERSON,
    /** Somebody else wrote weights. */
    FOREIGN_WRITE,
    /** Traffic does not go where the weights say. */
    SHARE_DISAGREES,
    /** Too little was seen to judge a step by. */
    TOO_FEW_SAMPLES,
    /** A check of the definition failed, or could not be asked for too long. */
    CHECK_FAILED,
    /** Home is smaller than when the move began. */
    HOME_TOO_SMALL,
    /** A return has nowhere to go: EKS has home no more, and nothing answers behind it. */
    HOME_GONE,
    /** Run-once work cannot be proven stopped on one side, so it runs on neither. */
    RUN_ONCE_UNPROVEN
  }
}
