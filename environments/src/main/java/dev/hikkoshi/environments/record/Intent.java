package dev.hikkoshi.environments.record;

import java.time.Duration;
import java.time.Instant;

/**
 * An effect that is about to happen; saved before it, removed with its outcome. One that is found
 * at the start of a pass was interrupted: it may or may not have happened.
 *
 * @param id move, step and action in one; unique in the environment
 * @param key what it is about, the same for every attempt
 * @param sentence what and why, for people
 */
public record Intent(String id, String key, String sentence, Instant at) {

  /** How long after it was begun an effect without an answer may still happen. */
  public static final Duration LATE = Duration.ofMinutes(1);

  /** How long after an effect an answer may still show what was before it. */
  public static final Duration OLD = Duration.ofMinutes(1);
}
