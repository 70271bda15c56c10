package dev.hikkoshi.sandbox;

import java.util.Map;

/**
 * What happened in the region beside AWS calls: a cluster became ready, a webhook's dial was
 * refused, a pod was given an address. Kept as JSON lines under the state directory and shown at
 * {@code /_sandbox/events}.
 */
public interface Events {

  /**
   * Notes one event, with the time.
   *
   * @param kind a lower-case name with dashes, for example {@code dial-refused}
   * @param details values that Jackson can write; no secrets
   */
  void note(String kind, Map<String, ?> details);
}
