package dev.hikkoshi.environments.desired;

import java.time.Duration;
import java.util.Set;

/**
 * When an old cluster may go.
 *
 * @param after counted from the end of its drain
 * @param approved names of clusters that may go
 * @param abandonAfter how long a cluster that never served is kept once it is not wanted; it needs
 *     no approval
 */
public record Retirement(Duration after, Set<String> approved, Duration abandonAfter) {

  public Retirement {
    approved = Set.copyOf(approved);
  }
}
