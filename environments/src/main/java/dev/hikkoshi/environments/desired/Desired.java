package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one commit asks for, for one environment.
 *
 * @param commit full id
 * @param account the only account to act in
 * @param adopt the cluster that was there before, until it is gone
 * @param mixedChange rule 8: whether the commit that changed the cluster's definition left the
 *     manifests of the old side as they were; unknown when that could not be evaluated
 * @param driftGrace how long live state may differ before it is corrected
 */
public record Desired(
    String environment,
    String commit,
    Mode mode,
    String account,
    String region,
    DesiredCluster cluster,
    Optional<Adopt> adopt,
    DesiredApps apps,
    List<DesiredRoute> routes,
    List<Outside> outside,
    MoveRules move,
    Measuring measuring,
    Duration driftGrace,
    List<Window> windows,
    Retirement retirement,
    Stance stance,
    Observation<MixedChange> mixedChange) {

  public Desired {
    routes = List.copyOf(routes);
    outside = List.copyOf(outside);
    windows = List.copyOf(windows);
    long names = routes.stream().map(DesiredRoute::name).distinct().count();
    if (names != routes.size()) {
      throw new IllegalArgumentException("two routes share a name in " + environment);
    }
  }

  /** How far Hikkoshi may go. */
  public enum Mode {
    OBSERVE,
    PLAN,
    ACT
  }

  /**
   * Whether the commit that changed the definition changes nothing else for the old side.
   *
   * @param same true when the old side renders the same manifests before and after that commit
   * @param evidence which commit, and which releases differ
   */
  public record MixedChange(boolean same, String evidence) {}

  /** The facts of one of this environment's clusters. */
  public Facts facts(String clusterName, String version) {
    return new Facts(environment, clusterName, version, region, account);
  }

  /**
   * What this commit wants inside one cluster.
   *
   * @param runsOnce whether serving-only work may run there
   */
  public Wanted wanted(String clusterName, String version, boolean runsOnce) {
    Map<String, Backend> backends = new TreeMap<>();
    routes.forEach(route -> backends.put(route.name(), route.backend()));
    return new Wanted(
        apps.appDigest(),
        facts(clusterName, version),
        apps.releases(),
        apps.left(),
        backends,
        mode != Mode.ACT,
        servingOnly(runsOnce));
  }

  /** Values of our tag that this environment's clusters carry: its name, and the one before. */
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of(environment));
    stance.renamedFrom().ifPresent(tags::add);
    return tags;
  }

  /** Whether some route has an old side that is no cluster. */
  public boolean external() {
    return routes.stream().anyMatch(route -> route.external().isPresent());
  }

  /** What is classified as serving-only. */
  public ServingOnly servingOnly(boolean runs) {
    Set<ReleaseId> releases = new HashSet<>();
    Set<String> objects = new HashSet<>();
    for (Outside word : outside) {
      if (word.as() == Outside.As.SERVING_ONLY) {
        switch (word) {
          case Outside.OfRelease(ReleaseId release, _, _) -> releases.add(release);
          case Outside.OfObject(String path, _, _) -> objects.add(path);
        }
      }
    }
    return releases.isEmpty() && objects.isEmpty()
        ? ServingOnly.none()
        : new ServingOnly(releases, objects, runs);
  }

  public Optional<DesiredRoute> route(String name) {
    for (DesiredRoute route : routes) {
      if (route.name().equals(name)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }
}
