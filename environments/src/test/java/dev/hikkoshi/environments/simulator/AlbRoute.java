package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Sides.Side;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The api route: its rule at a load balancer, and the target groups that it may name. */
final class AlbRoute extends Route {

  final Map<String, TargetGroup> groups = new TreeMap<>();

  List<GroupWeight> rule = List.of();

  /** Before the last write. */
  List<GroupWeight> before = List.of();

  /** Whether there is a rule. */
  boolean exists;

  /** Groups that the rule ever named. */
  final Set<String> named = new HashSet<>();

  /** What a load balancer controller's tags say of the rule. */
  @Nullable String controller;

  private final Timeline time;
  private final Runnable written;

  /**
   * There is no rule yet.
   *
   * @param written told of every write
   */
  AlbRoute(Timeline time, Runnable written) {
    this.time = time;
    this.written = written;
  }

  @Override
  Sides sides() {
    SortedMap<String, Side> sides = new TreeMap<>();
    for (GroupWeight g : rule) {
      TargetGroup group = groups.get(g.groupArn());
      String side = group == null ? g.groupArn() : group.cluster;
      sides.put(side, new Side(g.weight(), g.groupArn()));
    }
    return new Sides(sides);
  }

  /** The rule has these groups; those that it did not name before are probed from now on. */
  void write(List<GroupWeight> next, boolean byStranger) {
    next.forEach(g -> named.add(g.groupArn()));
    before = rule;
    writtenAt = time.instant();
    rule = List.copyOf(next);
    exists = true;
    foreign = byStranger;
    written.run();
    history.add(time.instant(), sides());
    for (TargetGroup g : groups.values()) {
      boolean named = rule.stream().anyMatch(w -> w.groupArn().equals(g.arn));
      if (!named) {
        g.probedSince = Optional.empty();
      } else if (g.probedSince.isEmpty()) {
        g.probedSince = Optional.of(time.instant());
        time.due(time.instant().plus(TargetGroup.PROBES));
      }
    }
  }
}
