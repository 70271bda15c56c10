package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.MovePhase;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of history.
 *
 * @param move id of the move it belongs to; empty text when none
 * @param author who: {@code hikkoshi}, a commit or a person
 * @param requestId AWS's or Kubernetes' id of the call; empty text when none
 */
public record JournalEntry(Instant at, String move, String author, String text, String requestId) {

  /** The author of what no person asked for by name. */
  public static final String HIKKOSHI = "hikkoshi";

  private static final String PHASE = "phase ";
  private static final String RETURN = "return in phase ";

  /** What a journal says when a phase begins. */
  public static String begins(MovePhase phase) {
    return PHASE + phase.word();
  }

  /** What a journal says when a move turns back. */
  public static String turnsBack(MovePhase in, String why) {
    return RETURN + in.word() + ": " + why;
  }

  /** The phase that begins with this entry. */
  public Optional<String> phase() {
    if (text.startsWith(RETURN)) {
      return Optional.of("returning");
    }
    return text.startsWith(PHASE) ? Optional.of(text.substring(PHASE.length())) : Optional.empty();
  }
}
