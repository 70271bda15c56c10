package dev.hikkoshi.environments.simulator;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What must have happened at least once in a campaign. One that never did means that the simulator
 * is blind there, not that the rules are right.
 */
final class Sometimes {

  private static final List<String> PHASES =
      List.of(
          "building",
          "syncing",
          "attached",
          "warm",
          "stepping",
          "soak",
          "drain",
          "retiring",
          "gone",
          "returning");
  private static final List<String> EVENTS =
      List.of("revert", "crash", "lost answer", "foreign write");

  private final SortedMap<String, Long> counts = new TreeMap<>();

  void happened(String event) {
    counts.merge(event, 1L, Long::sum);
  }

  void add(Sometimes other) {
    other.counts.forEach((event, n) -> counts.merge(event, n, Long::sum));
  }

  SortedMap<String, Long> counts() {
    return counts;
  }

  List<String> unmet() {
    Stream<String> pairs =
        PHASES.stream().flatMap(phase -> EVENTS.stream().map(event -> event + " in " + phase));
    Stream<String> others =
        Stream.of(
            "hold FOREIGN_WRITE",
            "hold HOME_TOO_SMALL",
            "return by command in stepping",
            "hold by command in stepping",
            "return done",
            "move done",
            "retired",
            "third wish waits",
            "kept cluster reused",
            "handed over");
    return Stream.concat(pairs, others).filter(e -> !counts.containsKey(e)).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> e : counts.entrySet()) {
      text.append(String.format("  %-28s %,d%n", e.getKey(), e.getValue()));
    }
    return text.toString();
  }
}
