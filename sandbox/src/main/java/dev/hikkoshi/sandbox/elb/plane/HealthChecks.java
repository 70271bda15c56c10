package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.Timers;
import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.HealthView;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.elb.TargetHealth;
import dev.hikkoshi.sandbox.physics.Physics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks every registered target of every group that a rule names, again and again. Intervals are the
 * group's, shortened in the proportion in which the physics' floor is shorter than AWS's five
 * seconds.
 */
final class HealthChecks implements HealthView {

  private static final Duration AWS_FLOOR = Duration.ofSeconds(5);

  private final Physics physics;
  private final Timers timers;
  private final Prober prober;
  private final Runnable changed;
  private final Map<Key, Watch> watches = new HashMap<>();

  private record Key(String groupArn, TargetGroup.Address target) {}

  private static final class Watch {
    private TargetGroup group;
    private HealthRecord record = HealthRecord.NEW;
    private Timers.@Nullable Timer next;
    private boolean ended;

    private Watch(TargetGroup group) {
      this.group = group;
    }
  }

  /** Asks one target once; it may block. */
  @FunctionalInterface
  interface Prober {
    HealthRecord.Probe ask(TargetGroup group, TargetGroup.Address target);
  }

  /**
   * Without targets yet.
   *
   * @param changed called whenever a verdict has changed
   */
  HealthChecks(Physics physics, Timers timers, Prober prober, Runnable changed) {
    this.physics = physics;
    this.timers = timers;
    this.prober = prober;
    this.changed = changed;
  }

  /** Begins and ends to ask, as the state says. */
  synchronized void follow(ElbState state) {
    Map<Key, TargetGroup> wanted = new HashMap<>();
    for (TargetGroup group : state.groups().values()) {
      if (state.loadBalancerOf(group.arn()).isPresent()) {
        group
            .registeredTargets()
            .forEach(target -> wanted.put(new Key(group.arn(), target.address()), group));
      }
    }
    watches
        .entrySet()
        .removeIf(entry -> !wanted.containsKey(entry.getKey()) && end(entry.getValue()));
    wanted.forEach(
        (key, group) -> {
          Watch watch = watches.get(key);
          if (watch == null) {
            Watch fresh = new Watch(group);
            watches.put(key, fresh);
            schedule(key, fresh, Duration.ZERO);
          } else {
            watch.group = group;
          }
        });
  }

  private static boolean end(Watch watch) {
    watch.ended = true;
    if (watch.next != null) {
      watch.next.cancel();
    }
    return true;
  }

  private void schedule(Key key, Watch watch, Duration delay) {
    watch.next = timers.after(delay, "health check of " + key.target(), () -> ask(key, watch));
  }

  private void ask(Key key, Watch watch) {
    TargetGroup group;
    synchronized (this) {
      group = watch.group;
    }
    HealthRecord.Probe probe = prober.ask(group, key.target());
    boolean different;
    synchronized (this) {
      if (watch.ended) {
        return;
      }
      HealthRecord next = watch.record.after(probe, watch.group.healthCheck());
      different = !next.health().equals(watch.record.health());
      watch.record = next;
      schedule(key, watch, interval(watch.group));
    }
    if (different) {
      changed.run();
    }
  }

  /** The time between two health checks of a target. */
  Duration interval(TargetGroup group) {
    long seconds = group.healthCheck().intervalSeconds();
    Duration floor = physics.healthCheckFloor();
    Duration scaled = floor.multipliedBy(seconds).dividedBy(AWS_FLOOR.toSeconds());
    return scaled.compareTo(floor) < 0 ? floor : scaled;
  }

  @Override
  public synchronized TargetHealth of(String groupArn, TargetGroup.Address target) {
    Watch watch = watches.get(new Key(groupArn, target));
    return watch == null ? TargetHealth.REGISTERING : Objects.requireNonNull(watch.record.health());
  }

  /** Ends all asking. */
  synchronized void close() {
    watches.values().forEach(HealthChecks::end);
    watches.clear();
  }
}
