package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which release waits for which. */
final class Needs {

  private Needs() {}

  /** A circle with its first release at both ends; empty when there is none. */
  static Optional<List<ReleaseId>> circle(Map<ReleaseId, Set<ReleaseId>> needs) {
    SortedMap<ReleaseId, Set<ReleaseId>> sorted = new TreeMap<>(needs);
    Set<ReleaseId> done = new HashSet<>();
    for (ReleaseId start : sorted.keySet()) {
      Optional<List<ReleaseId>> circle = from(start, sorted, new ArrayList<>(), done);
      if (circle.isPresent()) {
        return circle;
      }
    }
    return Optional.empty();
  }

  private static Optional<List<ReleaseId>> from(
      ReleaseId here,
      Map<ReleaseId, Set<ReleaseId>> needs,
      List<ReleaseId> path,
      Set<ReleaseId> done) {
    int seen = path.indexOf(here);
    path.add(here);
    if (seen >= 0) {
      return Optional.of(List.copyOf(path.subList(seen, path.size())));
    }
    if (!done.contains(here)) {
      for (ReleaseId next : new TreeSet<>(needs.getOrDefault(here, Set.of()))) {
        Optional<List<ReleaseId>> circle = from(next, needs, path, done);
        if (circle.isPresent()) {
          return circle;
        }
      }
      done.add(here);
    }
    path.removeLast();
    return Optional.empty();
  }
}
