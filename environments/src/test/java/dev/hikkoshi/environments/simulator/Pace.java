package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** How long a process waits between two passes. */
final class Pace {

  /** After something was done the next pass comes at once. */
  static final Duration SOON = Duration.ofSeconds(1);

  /** So often nobody waits for anything that is known to come. */
  private static final int ODD = 6;

  /** The longest time that passes at once, whatever nobody waits for. */
  private static final Duration LONG = Duration.ofMinutes(5);

  /** So often something new is counted. */
  private static final Duration METRICS = Duration.ofSeconds(30);

  private final Scene scene;

  Pace(Scene scene) {
    this.scene = scene;
  }

  /**
   * A pass that did and decided nothing is followed by the next one at which anything can be
   * different: what the plan waits for, what the world is about to do, what somebody will do. Some
   * follow at odd times all the same, as all of them do in a process that polls; so do those that
   * were disturbed.
   */
  Duration after(Plan plan, boolean disturbed, Stream<Instant> others) {
    World world = scene.world();
    boolean odd = disturbed || scene.random().nextInt(ODD) == 0;
    boolean measures = plan.waits().stream().anyMatch(w -> w.kind() == Wait.Kind.UNKNOWN);
    Duration most = odd ? scene.options().poll() : measures ? METRICS : LONG;
    boolean healed = scene.faults().options().wishes() == 0;
    Stream<Instant> somebody = healed ? Stream.empty() : others.filter(at -> !world.time.past(at));
    Instant next =
        Stream.concat(
                Stream.of(
                    world.time.instant().plus(most),
                    plan.next().orElse(Instant.MAX),
                    world.time.next().orElse(Instant.MAX)),
                somebody)
            .min(Instant::compareTo)
            .orElseThrow();
    Duration until = Duration.between(world.time.instant(), next);
    return until.compareTo(SOON) < 0 ? SOON : until;
  }
}
