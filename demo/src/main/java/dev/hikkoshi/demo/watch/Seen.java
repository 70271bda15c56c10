package dev.hikkoshi.demo.watch;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.List;

/**
 * The status of the environment at one moment.
 *
 * @param at when the demo saw it
 * @param banner the sentences that the controller shows to people, empty while it shows none
 */
public record Seen(Instant at, EnvironmentRecord record, List<String> banner) {

  public Seen {
    banner = List.copyOf(banner);
  }
}
