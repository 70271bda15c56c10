package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.MovePhase;
import java.time.Instant;
import java.util.Optional;

/**
 * A person switches one check of one move off. The next move is judged by it again: what is wrong
 * with a check for longer belongs into the definition.
 *
 * @param move the move's id
 * @param check its name
 * @param until from then on it is asked again; without it the end of the move
 */
public record SkipCheck(
    String move, String check, String author, String reason, Instant at, Optional<Instant> until)
    implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    Optional<MoveRecord> current = record.move().filter(m -> m.id().equals(move));
    if (current.isEmpty()) {
      return Optional.of("the move " + move + " is not the current one");
    }
    return current.get().phase() instanceof MovePhase.Forward
        ? Optional.empty()
        : Optional.of("the move is over (%s)".formatted(current.get().phase().word()));
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    Optional<String> refused = refusal(record);
    if (refused.isPresent()) {
      return record.log(at, author, "skip refused: " + refused.get(), "");
    }
    MoveRecord now = record.move().orElseThrow();
    Consents.Skip skip = new Consents.Skip(author, reason, at, until);
    boolean same =
        Optional.ofNullable(now.consented().skips().get(check))
            .filter(s -> s.author().equals(author) && s.reason().equals(reason))
            .filter(s -> s.until().equals(until))
            .isPresent();
    return same
        ? record
        : record
            .with(now.skipping(check, skip))
            .log(
                at,
                author,
                "check %s is skipped%s: %s"
                    .formatted(check, until.map(t -> " until " + t).orElse(""), reason),
                "");
  }
}
