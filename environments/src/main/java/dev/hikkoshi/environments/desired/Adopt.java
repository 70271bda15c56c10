package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.collection.Sorted;
import java.util.SortedMap;

/**
 * A cluster that Hikkoshi did not build and that becomes the environment's first ({@code
 * spec.cluster.adopt}). The line stays until that cluster is gone.
 *
 * @param cluster its name in EKS, in the environment's account and region
 * @param place where the line stands, for messages
 * @param places where the cluster file says each field that never changes, by the field's path
 */
public record Adopt(String cluster, String place, SortedMap<String, String> places) {

  public Adopt {
    places = Sorted.copyOf(places);
  }

  /** Where a field stands, or the line itself for a field that is not written. */
  public String where(String field) {
    return places.getOrDefault(field, place);
  }
}
