package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.HelmfileRelease.Need;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which release waits for which. */
final class Needs {

  private Needs() {}

  /**
   * What each waits for.
   *
   * @param unread names that a release may have that could not be read
   */
  static Map<ReleaseId, Set<ReleaseId>> of(
      List<HelmfileRelease> all, Predicate<String> unread, Problems problems) {
    Map<ReleaseId, Set<ReleaseId>> waits = new LinkedHashMap<>();
    Map<ReleaseId, String> contexts = new HashMap<>();
    all.forEach(release -> contexts.put(release.id(), release.context()));
    for (HelmfileRelease release : all) {
      Set<ReleaseId> own = waits.computeIfAbsent(release.id(), _ -> new HashSet<>());
      for (Need need : release.needs()) {
        if (need.context().equals(contexts.get(need.id()))) {
          own.add(need.id());
        } else if (!unread.test(need.id().name())) {
          problems.add(
              need.place(), "there is no release " + need.full(), known(need, contexts.keySet()));
        }
      }
    }
    circle(waits).ifPresent(circle -> circular(all, circle, problems));
    return waits;
  }

  private static String known(Need need, Set<ReleaseId> ids) {
    List<String> names = ids.stream().sorted().map(ReleaseId::toString).toList();
    return Nearest.to(need.id().toString(), names)
            .map(near -> "did you mean \"" + near + "\"? ")
            .orElse("")
        + "known in this file: "
        + String.join(", ", names);
  }

  private static void circular(
      List<HelmfileRelease> all, List<ReleaseId> circle, Problems problems) {
    Optional<Place> place =
        all.stream()
            .filter(r -> r.id().equals(circle.getFirst()))
            .flatMap(r -> r.needs().stream())
            .filter(need -> need.id().equals(circle.get(1)))
            .map(Need::place)
            .findFirst();
    String path = circle.stream().map(ReleaseId::toString).collect(Collectors.joining(" → "));
    problems.add(place.orElseThrow(), "needs go in a circle: " + path);
  }

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
