package dev.hikkoshi.environments.observed;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rendered Helm hook, which is no part of its release's objects.
 *
 * @param object with the namespace it lands in
 * @param events such as {@code pre-install}, without those that run only when somebody calls for
 *     them ({@code test})
 * @param source the template it came from
 */
public record Hook(Manifest object, SortedSet<String> events, String source) {

  public Hook {
    events = Collections.unmodifiableSortedSet(new TreeSet<>(events));
  }

  @Override
  public String toString() {
    return "%s %s/%s (%s)"
        .formatted(String.join(",", events), object.kind(), object.name(), source);
  }
}
