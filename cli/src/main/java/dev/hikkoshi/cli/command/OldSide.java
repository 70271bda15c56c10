package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.apps.Ranges;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.FetchedCommit;
import dev.hikkoshi.clusters.helm.OfflineManifests;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.MixedChanges;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.gitsync.SnapshotException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rule 8 before anybody merges: the commit that changed the cluster and the one before it, rendered
 * for the cluster that serves, without asking that cluster. The controller asks it.
 */
final class OldSide {

  private static final String WHAT = "manifests of the old side";

  private final Optional<FetchedCommit> history;
  private final Worker worker;
  private final Ranges ranges;
  private @Nullable OfflineManifests manifests;

  /**
   * A look at the old side.
   *
   * @param history empty for a folder: nobody knows what was before it
   * @param worker renders, where it is built
   * @param ranges settles charts of both commits
   */
  OldSide(Optional<FetchedCommit> history, Worker worker, Ranges ranges) {
    this.history = history;
    this.worker = worker;
    this.ranges = ranges;
  }

  Observation<MixedChange> judge(Definition definition, EnvironmentRecord record) {
    Optional<ClusterRecord> serving =
        record.move().map(MoveRecord::serving).flatMap(record::cluster);
    boolean another =
        serving.filter(c -> !c.immutable().equals(definition.cluster().immutable())).isPresent();
    if (!another) {
      return Observation.known(new MixedChange(true, "no other cluster serves"));
    }
    if (history.isEmpty()) {
      return Observation.unknown(
          WHAT, "a folder does not say what was before it; plan --git URL compares two commits");
    }
    FetchedCommit commit = history.get();
    try {
      List<String> parents = commit.firstParents(MixedChanges.MOST);
      return new MixedChanges(
              id -> commit.readings(id).map(ranges::settled),
              desired -> manifests(serving.get(), desired))
          .judge(definition.name(), parents);
    } catch (SnapshotException e) {
      return Observation.unknown(WHAT, String.valueOf(e.getMessage()));
    }
  }

  /** Building a worker takes a minute; a plan does not surprise with that. */
  private Observation<Map<ReleaseId, String>> manifests(ClusterRecord old, Desired desired) {
    if (manifests == null) {
      try {
        manifests = worker.rendererIfBuilt().map(OfflineManifests::new).orElse(null);
      } catch (CliException e) {
        return Observation.unknown(WHAT, String.valueOf(e.getMessage()));
      }
    }
    return manifests == null
        ? Observation.unknown(WHAT, "the render worker is not built yet; hikkoshi tools builds it")
        : manifests.of(desired.wanted(old.name(), old.version(), true));
  }
}
