package dev.hikkoshi.clusters.kube;

import dev.hikkoshi.environments.observed.ClusterSeen;

/** Makes bearer tokens for a cluster's API server. Called for every request, so it caches. */
@FunctionalInterface
public interface ClusterToken {

  /** A token that is good for at least the next request; never logged. */
  String token(ClusterSeen cluster);
}
