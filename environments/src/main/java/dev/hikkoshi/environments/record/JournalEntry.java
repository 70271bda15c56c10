package dev.hikkoshi.environments.record;

import java.time.Instant;

/**
 * One line of history.
 *
 * @param move id of the move it belongs to; empty text when none
 * @param author who: {@code hikkoshi}, a commit or a person
 * @param requestId AWS's or Kubernetes' id of the call; empty text when none
 */
public record JournalEntry(Instant at, String move, String author, String text, String requestId) {}
