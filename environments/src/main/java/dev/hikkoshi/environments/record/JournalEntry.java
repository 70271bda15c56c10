package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.MovePhase;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern VERDICT =
      Pattern.compile("verdict on (\\S+) at (\\d{1,3}) %: .*", Pattern.DOTALL);

  /** A share that a route kept for as long as it should, with every check content. */
  public record Judged(String route, int percent) {}

  /** What a journal says when a phase begins. */
  public static String begins(MovePhase phase) {
    return PHASE + phase.word();
  }

  /** What a journal says when a move turns back. */
  public static String turnsBack(MovePhase in, String why) {
    return RETURN + in.word() + ": " + why;
  }

  /** What a journal says when a step is judged, so that a move can be told after it is over. */
  public static String verdict(Judged step, String evidence) {
    return "verdict on %s at %d %%: %s".formatted(step.route(), step.percent(), evidence);
  }

  /** The step that this entry is the verdict on. */
  public Optional<Judged> judged() {
    Matcher verdict = VERDICT.matcher(text);
    return verdict.matches()
        ? Optional.of(new Judged(verdict.group(1), Integer.parseInt(verdict.group(2))))
        : Optional.empty();
  }

  /** The phase that begins with this entry. */
  public Optional<String> phase() {
    if (text.startsWith(RETURN)) {
      return Optional.of("returning");
    }
    return text.startsWith(PHASE) ? Optional.of(text.substring(PHASE.length())) : Optional.empty();
  }
}
