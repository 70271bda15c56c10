package dev.hikkoshi.environments.observed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was answered to checks that ask somebody.
 *
 * @param replies of webhooks, by what exactly was asked: only of those that were asked now
 * @param jobs of checks in the new cluster; empty where no check has any
 */
public record Asked(
    Map<String, Observation<Reply>> replies, Optional<Observation<List<JobSeen>>> jobs) {

  public Asked {
    replies = Map.copyOf(replies);
  }

  /** The Jobs, where somebody could look. */
  public Optional<List<JobSeen>> known() {
    return jobs.flatMap(seen -> seen.known());
  }

  /** Nobody was asked. */
  public static Asked nobody() {
    return new Asked(Map.of(), Optional.empty());
  }
}
