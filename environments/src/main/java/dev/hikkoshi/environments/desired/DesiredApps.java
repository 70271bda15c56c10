package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The releases that every cluster of the environment gets.
 *
 * @param appDigest hash of the blobs read through {@code apps} only
 * @param releases in definition order, without those that are not installed
 * @param needs for a release those that must be healthy before it
 */
public record DesiredApps(
    String appDigest,
    String helmfileEnvironment,
    Map<String, Object> stateValues,
    List<WantedRelease> releases,
    Map<ReleaseId, Set<ReleaseId>> needs) {

  public DesiredApps {
    releases = List.copyOf(releases);
    stateValues = Collections.unmodifiableMap(new HashMap<>(stateValues));
    needs = Map.copyOf(needs);
  }

  /** An environment without {@code apps}. */
  public static DesiredApps none() {
    return new DesiredApps("", "default", Map.of(), List.of(), Map.of());
  }

  public Set<ReleaseId> needs(ReleaseId release) {
    return needs.getOrDefault(release, Set.of());
  }
}
