package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.reading.Place;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster file as it was read.
 *
 * @param versionLine the value of {@code metadata.version}
 * @param places where each field stands that builds a new cluster when it changes
 */
record ClusterFile(DesiredCluster cluster, Place versionLine, SortedMap<String, Place> places) {

  /** The cluster of that name, which this file describes. */
  Adopt adopt(EnvironmentReader.Named named) {
    SortedMap<String, String> lines = new TreeMap<>();
    places.forEach((field, place) -> lines.put(field, place.toString()));
    return new Adopt(named.name(), named.place().toString(), lines);
  }

  /**
   * What the environment says that a cluster file needs.
   *
   * @param number {@code spec.cluster.number}, 0 when absent
   */
  record Home(String account, String region, int number) {}
}
