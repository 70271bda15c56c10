package dev.hikkoshi.environments.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is not done now; found again in every pass, and gone by itself when its reason is.
 *
 * <p>A wait that names a time keeps to it: as long as nothing goes wrong and nobody does anything,
 * it is not put off unless something is done or decided. Only {@code TIME}, {@code RETRY}, {@code
 * WINDOW} and {@code FROZEN} may name one; what the others wait for has no clock.
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
    /** No window is open; at its time one is. */
    WINDOW,
    /** A person froze everything; at its time, if there is one, it thaws by itself. */
    FROZEN,
    /** AWS or Kubernetes is at work. */
    PROGRESS,
    /**
     * Time has to pass. Then something is done or decided, or another reason is told; what may not
     * begin while everything is frozen waits on beside that.
     */
    TIME,
    /** Two clusters move and three exist: another wish has to wait. */
    THIRD_CLUSTER,
    /** A person or a commit is asked. */
    APPROVAL,
    /** Something did not work; at its time it is tried again, if it is still wanted. */
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
