package dev.hikkoshi.environments.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is not done now; found again in every pass, and gone by itself when its reason is.
 *
 * @param subject the cluster, release or route it is about
 * @param sentence what waits for what
 * @param until when it ends, where that is known
 */
public record Wait(Kind kind, String subject, String sentence, Optional<Instant> until) {

  /** Why. */
  public enum Kind {
    /** Something could not be seen. */
    UNKNOWN,
    /** A check does not pass. */
    CHECK,
    /** No window is open. */
    WINDOW,
    /** A person froze everything. */
    FROZEN,
    /** AWS or Kubernetes is at work. */
    PROGRESS,
    /** Time has to pass. */
    TIME,
    /** Two clusters move and three exist: another wish has to wait. */
    THIRD_CLUSTER,
    /** A person or a commit is asked. */
    APPROVAL,
    /** Something did not work and is tried again. */
    RETRY,
    /** Nothing may be written at all. */
    BLOCKED
  }

  public static Wait of(Kind kind, String subject, String sentence) {
    return new Wait(kind, subject, sentence, Optional.empty());
  }

  public static Wait until(Kind kind, String subject, String sentence, Instant until) {
    return new Wait(kind, subject, sentence, Optional.of(until));
  }
}
