package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Optional;

/** What a person asks of an environment, apart from Git. */
public sealed interface Order
    permits Resume, StandStill, GoHome, Approve, SkipCheck, Leave, TakeBack {

  /** Who asks. */
  String author();

  /** Why; kept in the journal. */
  String reason();

  Instant at();

  /** Why it cannot be done as things are; the record says so after {@link #on} too. */
  default Optional<String> refusal(EnvironmentRecord record) {
    return Optional.empty();
  }

  /** The record after it; pure, and the same when applied twice. */
  EnvironmentRecord on(EnvironmentRecord record);
}
