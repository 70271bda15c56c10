package dev.hikkoshi.cli.apps;

import dev.hikkoshi.clusters.helm.Preview.Change;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * What syncing one release would change in one cluster.
 *
 * @param problem why it cannot be said
 */
public record ReleaseChanges(
    String cluster, ReleaseId id, List<Change> changes, Optional<String> problem) {

  public ReleaseChanges {
    changes = List.copyOf(changes);
  }

  /** Whether anything would change. */
  public boolean any() {
    return !changes.isEmpty();
  }
}
