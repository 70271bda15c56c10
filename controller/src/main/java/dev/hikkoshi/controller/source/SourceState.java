package dev.hikkoshi.controller.source;

import java.time.Instant;
import java.util.Optional;

/** How a source was found at the last look. */
public sealed interface SourceState {

  /** The commit to evaluate, where there is one. */
  Optional<String> commit();

  /**
   * The branch's newest commit.
   *
   * @param at when the remote last answered
   */
  record Head(String id, Instant at) implements SourceState {

    @Override
    public Optional<String> commit() {
      return Optional.of(id);
    }
  }

  /**
   * The remote could not be read. Never the same as a remote without environments.
   *
   * @param why without credentials
   * @param since when it answered last, or when it was first asked
   * @param commit the newest commit known from before, possibly of an earlier process
   */
  record Unreachable(String why, Instant since, Optional<String> commit) implements SourceState {}
}
