package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Session;
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
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.ToolException;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rule 8 before anybody merges: the commit that changed the cluster and the one before it, rendered
 * for the cluster that serves, without asking that cluster. The controller asks it.
 */
final class OldSide implements AutoCloseable {

  private static final String WHAT = "manifests of the old side";

  private final Session session;
  private final Optional<FetchedCommit> history;
  private @Nullable OfflineManifests worker;

  /**
   * A look at the old side.
   *
   * @param history empty for a folder: nobody knows what was before it
   */
  OldSide(Session session, Optional<FetchedCommit> history) {
    this.session = session;
    this.history = history;
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
      return new MixedChanges(commit::readings, desired -> manifests(serving.get(), desired))
          .judge(definition.name(), parents);
    } catch (SnapshotException e) {
      return Observation.unknown(WHAT, String.valueOf(e.getMessage()));
    }
  }

  private Observation<Map<ReleaseId, String>> manifests(ClusterRecord old, Desired desired) {
    if (worker == null) {
      Observation<Path> found = binary();
      if (found instanceof Observation.Unknown<Path>(String what, String why)) {
        return Observation.unknown(what, why);
      }
      worker = new OfflineManifests(found.known().orElseThrow());
    }
    return worker.of(desired.wanted(old.name(), old.version(), true));
  }

  /** Building it takes a minute; a plan does not surprise with that. */
  private Observation<Path> binary() {
    try {
      return Toolbox.standard(session.clock(), ProgressListener.silent())
          .present(Tool.RENDER.pinned())
          .map(Observation::known)
          .orElseGet(
              () ->
                  Observation.unknown(
                      WHAT, "the render worker is not built yet; hikkoshi tools builds it"));
    } catch (ToolException e) {
      return Observation.unknown(WHAT, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
