package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of history: for people in words, for programs as a fact.
 *
 * @param move id of the move it belongs to; empty text when none
 * @param author who: {@code hikkoshi}, a commit or a person
 * @param requestId AWS's or Kubernetes' id of the call; empty text when none
 * @param fact empty where the words are all there is to say
 */
public record JournalEntry(
    Instant at, String move, String author, String text, String requestId, Optional<Fact> fact) {

  /** The author of what no person asked for by name. */
  public static final String HIKKOSHI = "hikkoshi";

  /** The phase that begins with this entry. */
  public Optional<String> phase() {
    return fact.filter(Fact.Phase.class::isInstance).map(f -> ((Fact.Phase) f).word());
  }

  /** The step that this entry is the verdict on. */
  public Optional<Fact.Judged> judged() {
    return fact.filter(Fact.Judged.class::isInstance).map(Fact.Judged.class::cast);
  }
}
