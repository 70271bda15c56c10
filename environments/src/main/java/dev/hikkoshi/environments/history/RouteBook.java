package dev.hikkoshi.environments.history;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.record.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What the lines said of a route's weights until now. */
final class RouteBook {

  /** A write without a clear answer may take effect for so long after a newer one. */
  private static final Duration LATE = Duration.ofMinutes(2);

  private final List<Maybe> maybe = new ArrayList<>();
  private Optional<SortedMap<String, Integer>> now = Optional.empty();
  private Instant since = Instant.MIN;
  private double judged = -1;
  private boolean excused;

  /** Weights that may be met as well. */
  private record Maybe(SortedMap<String, Integer> weights, Instant until) {}

  /** A write of ours ended. */
  void written(Fact.Weights weights, Fact.Ending ending, Instant at) {
    if (!ending.may()) {
      return;
    }
    maybe.removeIf(m -> m.until().isBefore(at));
    if (ending != Fact.Ending.DONE) {
      maybe.add(new Maybe(weights.after(), Instant.MAX));
      return;
    }
    maybe.replaceAll(m -> new Maybe(m.weights(), min(m.until(), at.plus(LATE))));
    begin(weights.after(), at);
  }

  /** Somebody or something else made these the known ones: no step of ours counts since. */
  void known(Fact.Weights weights, Instant at) {
    maybe.replaceAll(m -> new Maybe(m.weights(), min(m.until(), at.plus(LATE))));
    begin(weights.after(), at);
    excused = true;
  }

  /** An older write of ours is there, until another one is done; or an old answer showed it. */
  void met(Fact.Weights weights) {
    maybe.add(new Maybe(weights.after(), Instant.MAX));
  }

  /** A person took a side away. */
  void left(String side) {
    now = now.map(weights -> Sorted.without(weights, side));
  }

  private void begin(SortedMap<String, Integer> weights, Instant at) {
    now = Optional.of(weights);
    since = at;
    judged = -1;
    excused = false;
  }

  void judged(double percent) {
    judged = percent;
  }

  /** A person looked at it, and wants it to go on. */
  void excused() {
    excused = true;
  }

  boolean isExcused() {
    return excused;
  }

  /** Whether these can be the weights that a write replaces. */
  boolean expects(Map<String, Integer> weights, Instant at) {
    return now.isEmpty()
        || now.get().equals(weights)
        || maybe.stream().anyMatch(m -> m.weights().equals(weights) && !m.until().isBefore(at));
  }

  Optional<SortedMap<String, Integer>> now() {
    return now;
  }

  /** Since when they are so. */
  Instant since() {
    return since;
  }

  /** The step that was judged since; negative when none was. */
  double judgedPercent() {
    return judged;
  }

  int weight(String side) {
    return now.map(weights -> weights.getOrDefault(side, 0)).orElse(0);
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
