package dev.hikkoshi.environments.simulator;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must have happened at least once in a campaign. One that never did means that the simulator
 * is blind there, not that the rules are right.
 */
final class Sometimes {

  private static final String IN = " in ";

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
      List.of("revert", "crash", "lost answer", "foreign write", "paused leader");

  private final SortedMap<String, Long> counts = new TreeMap<>();

  void happened(String event) {
    counts.merge(event, 1L, Long::sum);
  }

  void happened(String event, long times) {
    counts.merge(event, times, Long::sum);
  }

  void add(Sometimes other) {
    other.counts.forEach((event, n) -> counts.merge(event, n, Long::sum));
  }

  SortedMap<String, Long> counts() {
    return counts;
  }

  List<String> unmet() {
    Stream<String> pairs =
        PHASES.stream().flatMap(phase -> EVENTS.stream().map(event -> event + IN + phase));
    Stream<String> others =
        Stream.of(
            "hold FOREIGN_WRITE",
            "hold HOME_TOO_SMALL",
            "hold HOME_GONE",
            "return by command in stepping",
            "hold by command in stepping",
            "a return while no window is open",
            "freeze in stepping",
            "freeze in returning",
            "Git gone in stepping",
            "Git gone in returning",
            "Git gone in drain",
            "wrong clock in stepping",
            "wrong clock in soak",
            "wrong clock in drain",
            "approval in stepping",
            "return done",
            "move done",
            "retired",
            "third wish waits",
            "name of a cluster taken",
            "name of a target group taken",
            "cluster made again by a stranger",
            "cluster deleted by a stranger",
            "kept cluster reused",
            "handed over",
            "ended",
            "stale answer in stepping",
            "cluster file changed in stepping",
            "late leader stops",
            "late leader's save is refused");
    return Stream.concat(pairs, others).filter(e -> !counts.containsKey(e)).toList();
  }

  /** How often each disturbance met each phase; what is of no phase follows. */
  String table() {
    SortedSet<String> disturbances = new TreeSet<>();
    StringBuilder others = new StringBuilder();
    counts.forEach(
        (event, n) -> {
          int at = event.lastIndexOf(IN);
          if (at > 0 && PHASES.contains(event.substring(at + IN.length()))) {
            disturbances.add(event.substring(0, at));
          } else {
            others.append(String.format("  %-28s %,d%n", event, n));
          }
        });
    StringBuilder text = new StringBuilder(String.format("  %-19s", ""));
    PHASES.forEach(phase -> text.append(String.format("%11s", phase)));
    text.append(String.format("%n"));
    for (String disturbance : disturbances) {
      text.append(String.format("  %-19s", disturbance));
      for (String phase : PHASES) {
        text.append(String.format("%,11d", counts.getOrDefault(disturbance + IN + phase, 0L)));
      }
      text.append(String.format("%n"));
    }
    return text.append(others).toString();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
