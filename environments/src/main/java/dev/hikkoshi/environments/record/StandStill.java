package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Optional;

/**
 * A person holds an environment's traffic until {@link Resume}. Releases are synced on, and a
 * return is allowed all the same.
 */
public record StandStill(String author, String reason, Instant at) implements Order {

  @Override
  public Optional<String> refusal(EnvironmentRecord record) {
    return record.holds().stream()
        .filter(hold -> hold.reason() == Hold.Reason.PERSON)
        .findFirst()
        .map(hold -> "it is held already, by " + hold.text());
  }

  @Override
  public EnvironmentRecord on(EnvironmentRecord record) {
    String text = author + ": " + reason;
    return record.with(
        new Hold(Hold.Scope.TRAFFIC, Hold.Reason.PERSON, record.environment(), text, at));
  }
}
