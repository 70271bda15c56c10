package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A person approves one step of one move. It counts for nothing else: not for the next step, and
 * not for the next move to the same version.
 *
 * @param move the move's id
 * @param step its percent
 */
public record Approve(String move, int step, String author, String reason, Instant at)
    implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    Optional<MoveRecord> current = record.move().filter(m -> m.id().equals(move));
    if (current.isEmpty()) {
      return Optional.of("the move " + move + " is not the current one");
    }
    MoveRecord now = current.get();
    if (!(now.phase() instanceof MovePhase.Forward)) {
      return Optional.of("the move is over (%s)".formatted(now.phase().word()));
    }
    if (now.steps().stream().noneMatch(this::asked)) {
      String asked =
          now.steps().stream()
              .filter(Step::approve)
              .map(s -> s.percent() + " %")
              .collect(Collectors.joining(", "));
      return Optional.of(
          "the step to %d %% asks for no approval; %s"
              .formatted(step, asked.isEmpty() ? "none of this move does" : asked + " do"));
    }
    return now.approval(step)
        .map(a -> "the step to %d %% is approved already, by %s".formatted(step, a.author()));
  }

  private boolean asked(Step one) {
    return one.approve() && one.percent() == step;
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    boolean approved =
        record.move().filter(m -> m.id().equals(move) && m.approval(step).isPresent()).isPresent();
    if (approved) {
      return record;
    }
    return refusal(record)
        .map(why -> record.log(at, author, "approval refused: " + why, ""))
        .orElseGet(
            () ->
                record
                    .with(
                        record
                            .move()
                            .orElseThrow()
                            .approved(step, new Consents.Approval(author, reason, at)))
                    .log(at, author, "approved the step to %d %%: %s".formatted(step, reason), ""));
  }
}
