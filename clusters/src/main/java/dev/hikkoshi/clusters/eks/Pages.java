package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.environments.observed.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists page by page, up to a bound: a list that never ends is unknown, not cut. */
final class Pages {

  /** Entries a page, the most that EKS gives. */
  static final int SIZE = 100;

  private static final int MOST = 20;

  private Pages() {}

  /** One page and where the next begins. */
  record Page<T>(List<T> items, @Nullable String next) {}

  /**
   * The whole list.
   *
   * @param read answers the page behind a marker; the first has none
   */
  static <T> Observation<List<T>> all(String what, Function<@Nullable String, Page<T>> read) {
    List<T> items = new ArrayList<>();
    String marker = null;
    for (int page = 0; page < MOST; page++) {
      Page<T> answer = read.apply(marker);
      items.addAll(answer.items());
      marker = answer.next();
      if (marker == null || marker.isEmpty()) {
        return Observation.known(List.copyOf(items));
      }
    }
    return Observation.unknown(what, "more than " + MOST + " pages of " + SIZE);
  }
}
