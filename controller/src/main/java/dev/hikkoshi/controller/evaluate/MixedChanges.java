package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.ClusterHistory;
import dev.hikkoshi.environments.definition.ClusterHistory.LastChange;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.loop.Gateways;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rule 8: whether the commit in which a cluster's definition changed leaves the manifests of the
 * old side as they were. Otherwise a failing new version of an app and a failing new cluster could
 * not be told apart, and a revert would take back both.
 */
public final class MixedChanges {

  private final DefinitionReader reader;
  private final Gateways gateways;
  private final Map<String, Observation<MixedChange>> judged = new ConcurrentHashMap<>();

  public MixedChanges(DefinitionReader reader, Gateways gateways) {
    this.reader = reader;
    this.gateways = gateways;
  }

  /** What was wanted right before and right after the definition changed; {@code what} names it. */
  private record Change(String what, Desired before, Desired after) {

    /** The old side is asked for the very same: then nothing has to be rendered. */
    boolean sameApps() {
      return after.apps().appDigest().equals(before.apps().appDigest())
          && after.apps().scopes().equals(before.apps().scopes())
          && ids(after).equals(ids(before));
    }

    private static Set<ReleaseId> ids(Desired desired) {
      Set<ReleaseId> ids = new HashSet<>();
      desired.apps().releases().forEach(release -> ids.add(release.id()));
      return ids;
    }
  }

  /**
   * The answer for what stands now, against the cluster that serves. A known answer is final for a
   * commit and a cluster; an unknown one is asked again.
   */
  Observation<MixedChange> judge(Standing standing, EnvironmentRecord record) {
    Optional<ClusterRecord> serving =
        record.move().map(MoveRecord::serving).flatMap(record::cluster);
    if (serving.isEmpty()) {
      return known(true, "no cluster serves yet");
    }
    ClusterRecord old = serving.get();
    if (old.immutable().equals(standing.definition().cluster().immutable())) {
      return known(true, "the cluster's definition is that of " + old.name());
    }
    String question = standing.environment() + " " + standing.commit() + " " + old.name();
    Observation<MixedChange> before = judged.get(question);
    if (before != null) {
      return before;
    }
    Observation<MixedChange> now = change(standing).flatMap(change -> compare(change, old));
    if (now instanceof Known) {
      judged.put(question, now);
    }
    return now;
  }

  private Observation<Change> change(Standing standing) {
    String what = "the commit that changed the cluster";
    List<String> commits;
    try {
      commits = standing.source().firstParents(standing.commit(), LookBack.MOST);
    } catch (FileTreeException e) {
      return Observation.unknown(what, String.valueOf(e.getMessage()));
    }
    Source source = standing.source();
    return switch (ClusterHistory.lastChange(
        commits, standing.environment(), commit -> read(source, commit))) {
      case LastChange.Between(String after, String before, List<String> skipped) ->
          change(standing, before, after, skipped);
      case LastChange.Born(String commit) ->
          Observation.unknown(what, "the environment begins with commit " + Text.brief(commit));
      case LastChange.None() ->
          Observation.unknown(
              what,
              "it is not among the last %d first parents of %s"
                  .formatted(LookBack.MOST, Text.brief(standing.commit())));
      case LastChange.Unknown(String commit, String why) ->
          Observation.unknown(what, "commit " + Text.brief(commit) + ": " + why);
    };
  }

  private Observation<List<Reading>> read(Source source, String commit) {
    try {
      return Observation.known(reader.read(source.tree(commit), source.folder()));
    } catch (FileTreeException e) {
      return Observation.unknown("commit " + Text.brief(commit), String.valueOf(e.getMessage()));
    }
  }

  private Observation<Change> change(
      Standing standing, String before, String after, List<String> skipped) {
    String what =
        "commit "
            + Text.brief(after)
            + (skipped.isEmpty() ? "" : " with %d bad ones before it".formatted(skipped.size()));
    return desired(standing, before)
        .flatMap(b -> desired(standing, after).map(a -> new Change(what, b, a)));
  }

  private Observation<Desired> desired(Standing standing, String commit) {
    return read(standing.source(), commit)
        .flatMap(
            readings ->
                readings.stream()
                    .flatMap(reading -> LookBack.good(reading).stream())
                    .filter(d -> d.name().equals(standing.environment()))
                    .findFirst()
                    .map(d -> Observation.known(unjudged(d, commit)))
                    .orElseGet(
                        () -> Observation.unknown("commit " + commit, "no good definition there")));
  }

  private static Desired unjudged(Definition definition, String commit) {
    return definition.toDesired(
        commit, Measuring.standard(), Observation.unknown(commit, "not asked here"));
  }

  private Observation<MixedChange> compare(Change change, ClusterRecord old) {
    if (change.sameApps()) {
      return known(true, change.what() + " changes only the cluster");
    }
    return gateways
        .eks()
        .clusters(Observer.tags(change.after()))
        .flatMap(
            seen ->
                seen.stream()
                    .filter(c -> c.name().equals(old.name()))
                    .findFirst()
                    .map(cluster -> compare(change, cluster))
                    .orElseGet(
                        () -> Observation.unknown(change.what(), old.name() + " is not there")));
  }

  private Observation<MixedChange> compare(Change change, ClusterSeen cluster) {
    return manifests(cluster, change.before())
        .flatMap(
            before -> manifests(cluster, change.after()).map(after -> said(change, before, after)));
  }

  private static MixedChange said(
      Change change, Map<ReleaseId, String> before, Map<ReleaseId, String> after) {
    Set<ReleaseId> all = new HashSet<>(before.keySet());
    all.addAll(after.keySet());
    TreeSet<String> differing = new TreeSet<>();
    for (ReleaseId id : all) {
      if (!Objects.equals(before.get(id), after.get(id))) {
        differing.add(id.toString());
      }
    }
    return differing.isEmpty()
        ? new MixedChange(true, change.what() + " leaves every manifest of the old side as it was")
        : new MixedChange(
            false,
            "%s changes the cluster and also %s on the old side"
                .formatted(change.what(), String.join(", ", differing)));
  }

  private Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Desired desired) {
    return gateways.inside().manifests(cluster, desired.wanted(cluster.name(), cluster.version()));
  }

  private static Observation<MixedChange> known(boolean same, String evidence) {
    return Observation.known(new MixedChange(same, evidence));
  }
}
