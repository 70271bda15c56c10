package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import java.util.Optional;

/** Where people freeze everything that one controller manages. It only reads. */
@FunctionalInterface
public interface FreezeGateway {

  /**
   * The last word on it. A known empty answer is proof that nobody ever froze; what could not be
   * read is unknown, and then nothing starts.
   */
  Observation<Optional<Freeze>> freeze();

  /** For a process that starts nothing and asks nobody. */
  static FreezeGateway none() {
    return () -> Observation.known(Optional.empty());
  }
}
