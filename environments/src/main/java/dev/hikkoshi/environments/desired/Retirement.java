package dev.hikkoshi.environments.desired;

import java.time.Duration;
import java.util.Set;

/**
 * When an old cluster may go.
 *
 * @param after counted from the end of its drain
 * @param approved names of clusters that may go
 */
public record Retirement(Duration after, Set<String> approved) {

  public Retirement {
    approved = Set.copyOf(approved);
  }
}
