package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which shares the users of a route saw, and from when on. */
final class ShareHistory {

  private final List<Shares> all = new ArrayList<>();

  /** What users see from then on. */
  record Shares(Instant from, Sides sides) {}

  /** Users see these sides from then on, whatever they were to see later. */
  void add(Instant from, Sides sides) {
    all.removeIf(s -> s.from().isAfter(from));
    all.add(new Shares(from, sides));
  }

  /** The earliest first. */
  List<Shares> all() {
    return Collections.unmodifiableList(all);
  }

  /** What users see at an instant. */
  Sides at(Instant when) {
    Sides sides = Sides.none();
    for (Shares s : all) {
      if (!s.from().isAfter(when)) {
        sides = s.sides();
      }
    }
    return sides;
  }

  /** Requests that one cluster got in a window, by the shares that were in force. */
  double expected(String cluster, Instant from, Instant to, double perSecond) {
    double sum = 0;
    for (int i = 0; i < all.size(); i++) {
      Instant begin = max(all.get(i).from(), from);
      Instant end = i + 1 < all.size() ? min(all.get(i + 1).from(), to) : to;
      if (begin.isBefore(end)) {
        double seconds = Duration.between(begin, end).toMillis() / 1000.0;
        sum += seconds * perSecond * all.get(i).sides().share(cluster);
      }
    }
    return sum;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
