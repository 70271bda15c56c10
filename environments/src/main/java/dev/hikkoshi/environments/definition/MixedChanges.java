package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.ClusterHistory.LastChange;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Rule 8: whether the commit in which a cluster's definition changed leaves the manifests of the
 * old side as they were. Otherwise a failing new version of an app and a failing new cluster could
 * not be told apart, and a revert would take back both.
 */
public final class MixedChanges {

  /** How many first parents are looked through for the change. */
  public static final int MOST = 200;

  private final Function<String, Observation<List<Reading>>> readings;
  private final Function<Desired, Observation<Map<ReleaseId, String>>> manifests;

  /**
   * A judge of one history.
   *
   * @param readings what {@link Definitions#read} says of a commit; unknown when the commit could
   *     not be read at all
   * @param manifests what the releases of a commit would be on the old side, by hash. Asked only
   *     when hashes of files do not answer
   */
  public MixedChanges(
      Function<String, Observation<List<Reading>>> readings,
      Function<Desired, Observation<Map<ReleaseId, String>>> manifests) {
    this.readings = readings;
    this.manifests = manifests;
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
   * The answer for the newest commit of a history.
   *
   * @param firstParents full commit ids, newest first
   */
  public Observation<MixedChange> judge(String environment, List<String> firstParents) {
    String what = "the commit that changed the cluster";
    return switch (ClusterHistory.lastChange(firstParents, environment, readings)) {
      case LastChange.Between(String after, String before, List<String> skipped) ->
          change(environment, before, after, skipped).flatMap(this::compare);
      case LastChange.Born(String commit) ->
          Observation.unknown(what, "the environment begins with commit " + brief(commit));
      case LastChange.None() ->
          Observation.unknown(
              what, "it is not among the last %d first parents".formatted(firstParents.size()));
      case LastChange.Unknown(String commit, String why) ->
          Observation.unknown(what, "commit " + brief(commit) + ": " + why);
    };
  }

  private Observation<Change> change(
      String environment, String before, String after, List<String> skipped) {
    String what =
        "commit "
            + brief(after)
            + (skipped.isEmpty() ? "" : " with %d bad ones before it".formatted(skipped.size()));
    return desired(environment, before)
        .flatMap(b -> desired(environment, after).map(a -> new Change(what, b, a)));
  }

  private Observation<Desired> desired(String environment, String commit) {
    return readings
        .apply(commit)
        .flatMap(
            all ->
                all.stream()
                    .filter(Reading.Good.class::isInstance)
                    .map(reading -> ((Reading.Good) reading).definition())
                    .filter(d -> d.name().equals(environment))
                    .findFirst()
                    .map(d -> Observation.known(unjudged(d, commit)))
                    .orElseGet(
                        () -> Observation.unknown("commit " + commit, "no good definition there")));
  }

  private static Desired unjudged(Definition definition, String commit) {
    return definition.toDesired(
        commit, Measuring.standard(), Observation.unknown(commit, "not asked here"));
  }

  private Observation<MixedChange> compare(Change change) {
    if (change.sameApps()) {
      return Observation.known(new MixedChange(true, change.what() + " changes only the cluster"));
    }
    return manifests
        .apply(change.before())
        .flatMap(
            before -> manifests.apply(change.after()).map(after -> said(change, before, after)));
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

  private static String brief(String commit) {
    return commit.substring(0, Math.min(commit.length(), 10));
  }
}
