package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.HealthView;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.elb.TargetHealth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The targets of a group that take requests, in turn: the healthy ones; where none is healthy, all
 * that are registered ("fail open").
 */
final class Targets {

  private final TargetGroup group;
  private final List<TargetGroup.Address> open;
  private final int healthy;
  private final AtomicInteger turn;

  private Targets(
      TargetGroup group, List<TargetGroup.Address> open, int healthy, AtomicInteger turn) {
    this.group = group;
    this.open = open;
    this.healthy = healthy;
    this.turn = turn;
  }

  /**
   * Reads the health of a group's targets.
   *
   * @param turn goes on from one reading to the next, so that turns stay fair
   */
  static Targets of(TargetGroup group, HealthView health, AtomicInteger turn) {
    List<TargetGroup.Address> registered =
        group.registeredTargets().stream().map(TargetGroup.Target::address).toList();
    List<TargetGroup.Address> well =
        registered.stream()
            .filter(
                address -> health.of(group.arn(), address).state() == TargetHealth.State.HEALTHY)
            .toList();
    return new Targets(group, well.isEmpty() ? registered : well, well.size(), turn);
  }

  /** The next target; none where the group has none. */
  Optional<TargetGroup.Address> next() {
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(open.get(Math.floorMod(turn.getAndIncrement(), open.size())));
  }

  TargetGroup group() {
    return group;
  }

  int healthy() {
    return healthy;
  }

  int registered() {
    return group.registeredTargets().size();
  }
}
