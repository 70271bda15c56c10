package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.reading.Place;

/**
 * A cluster file as it was read.
 *
 * @param versionLine the value of {@code metadata.version}
 */
record ClusterFile(DesiredCluster cluster, Place versionLine) {

  /**
   * What the environment says that a cluster file needs.
   *
   * @param number {@code spec.cluster.number}, 0 when absent
   */
  record Home(String account, String region, int number) {}
}
