package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.port.EksGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Things of somebody else that have our names, and the clusters of ours that somebody deleted. They
 * are kept apart from ours, so that no rule takes the one for the other.
 */
final class Namesakes {

  private final Map<String, Cluster> clusters = new TreeMap<>();
  private final Set<String> groups = new TreeSet<>();
  private final Map<String, Lost> lost = new TreeMap<>();

  /** A cluster of ours that somebody deleted. */
  private record Lost(Cluster cluster, Instant at) {}

  void made(Cluster cluster) {
    clusters.put(cluster.name, cluster);
  }

  /** Somebody has a target group of the name that a cluster's would have. */
  void groupMade(String cluster) {
    groups.add(cluster);
  }

  void deleted(Cluster ours, Instant at) {
    lost.put(ours.name, new Lost(ours, at));
  }

  /** Whoever has the name gives it up. */
  void left(String name) {
    clusters.remove(name);
    groups.remove(name);
  }

  void left() {
    clusters.clear();
    groups.clear();
  }

  Collection<Cluster> clusters() {
    return clusters.values();
  }

  Optional<Cluster> cluster(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  boolean group(String cluster) {
    return groups.contains(cluster);
  }

  /** Those that carry our tag, as a copy of a cluster's definition does. */
  List<Cluster> tagged() {
    if (clusters.isEmpty()) {
      return List.of();
    }
    return clusters.values().stream()
        .filter(c -> c.tags.containsKey(EksGateway.ENVIRONMENT_TAG))
        .toList();
  }

  /** A cluster of ours that somebody deleted, as it was. */
  Optional<Cluster> lost(String name) {
    return Optional.ofNullable(lost.get(name)).map(Lost::cluster);
  }

  /** Whether it was there when somebody looked at most so long ago. */
  boolean lostWithin(String name, Duration look, Instant now) {
    Lost one = lost.get(name);
    return one != null && !one.at().isBefore(now.minus(look));
  }
}
