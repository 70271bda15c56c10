package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Optional;

/**
 * A person wants an environment managed again that was handed over, or was to be. Nothing is
 * remembered of what was let go: it begins as a new environment begins, with the clusters that its
 * definition adopts.
 */
public record TakeBack(String author, String reason, Instant at) implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    return record.handover().isPresent()
        ? Optional.empty()
        : Optional.of("it was not handed over: it is managed");
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    return record.handover().isEmpty()
        ? record
        : record.managed().log(at, author, "taken back: " + reason, "");
  }
}
