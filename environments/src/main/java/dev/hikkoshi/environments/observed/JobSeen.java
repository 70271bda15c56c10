package dev.hikkoshi.environments.observed;

import java.time.Instant;

/**
 * A Job of ours in a cluster.
 *
 * @param uid identity of the object
 * @param state how far it is
 * @param createdAt by the API server's clock
 */
public record JobSeen(String namespace, String name, String uid, State state, Instant createdAt) {

  /** How far a Job is. */
  public sealed interface State {

    /** It has no end yet; {@code why} says what is known of its pods. */
    record Running(String why) implements State {}

    /** Condition {@code Complete}. */
    record Complete() implements State {}

    /**
     * Condition {@code Failed}.
     *
     * @param evidence the condition's reason, how the containers ended, and the end of what they
     *     printed, bounded and without what stands in Secrets that the pod reads
     */
    record Failed(String evidence) implements State {}
  }
}
