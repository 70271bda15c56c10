package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.MixedChanges;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rule 8 for what stands now: the history of its source, rendered for the cluster that serves. */
public final class MixedChangeCheck {

  private final DefinitionReader reader;
  private final Gateways gateways;
  private final Map<String, Observation<MixedChange>> judged = new ConcurrentHashMap<>();

  public MixedChangeCheck(DefinitionReader reader, Gateways gateways) {
    this.reader = reader;
    this.gateways = gateways;
  }

  /**
   * The answer for what stands now, against the cluster that serves. A known answer is final for a
   * commit and a cluster; an unknown one is asked again.
   */
  Observation<MixedChange> judge(Standing standing, EnvironmentRecord record) {
    Optional<ClusterRecord> serving =
        record.move().map(MoveRecord::serving).flatMap(record::cluster);
    if (serving.isEmpty()) {
      return known("no cluster serves yet");
    }
    ClusterRecord old = serving.get();
    if (old.immutable().equals(standing.definition().cluster().immutable())) {
      return known("the cluster's definition is that of " + old.name());
    }
    String question = standing.environment() + " " + standing.commit() + " " + old.name();
    Observation<MixedChange> before = judged.get(question);
    if (before != null) {
      return before;
    }
    Observation<MixedChange> now = ask(standing, old);
    if (now instanceof Known) {
      judged.put(question, now);
    }
    return now;
  }

  private Observation<MixedChange> ask(Standing standing, ClusterRecord old) {
    Source source = standing.source();
    List<String> commits;
    try {
      commits = source.firstParents(standing.commit(), MixedChanges.MOST);
    } catch (FileTreeException e) {
      return Observation.unknown(
          "the commit that changed the cluster", String.valueOf(e.getMessage()));
    }
    return new MixedChanges(commit -> read(source, commit), desired -> manifests(old, desired))
        .judge(standing.environment(), commits);
  }

  private Observation<List<Reading>> read(Source source, String commit) {
    try {
      return Observation.known(reader.read(source.tree(commit), source.folder()));
    } catch (FileTreeException e) {
      return Observation.unknown("commit " + Text.brief(commit), String.valueOf(e.getMessage()));
    }
  }

  private Observation<Map<ReleaseId, String>> manifests(ClusterRecord old, Desired desired) {
    return gateways
        .eks()
        .clusters(desired.tags())
        .flatMap(
            seen ->
                seen.stream()
                    .filter(c -> c.name().equals(old.name()))
                    .findFirst()
                    .map(cluster -> manifests(cluster, desired))
                    .orElseGet(
                        () ->
                            Observation.unknown(
                                "manifests of the old side", old.name() + " is not there")));
  }

  private Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Desired desired) {
    return gateways
        .inside()
        .manifests(cluster, desired.wanted(cluster.name(), cluster.version(), true));
  }

  private static Observation<MixedChange> known(String evidence) {
    return Observation.known(new MixedChange(true, evidence));
  }
}
