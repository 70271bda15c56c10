package dev.hikkoshi.environments.observed;

import java.util.Comparator;

/**
 * Which readings these are.
 *
 * @param check name of the check
 * @param side a cluster's name, or the external side
 */
public record Meter(String check, String route, String side) implements Comparable<Meter> {

  private static final Comparator<Meter> ORDER =
      Comparator.comparing(Meter::check).thenComparing(Meter::route).thenComparing(Meter::side);

  @Override
  public int compareTo(Meter other) {
    return ORDER.compare(this, other);
  }
}
