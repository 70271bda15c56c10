package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Where a simulation takes place, and what all who act in it have in common.
 *
 * @param random the chance of those who have none of their own
 */
record Scene(
    World world,
    Options options,
    Disturbances disturbances,
    SplittableRandom random,
    Chronicle chronicle,
    Faults faults,
    SimStore store) {

  EnvironmentRecord remembered() {
    return store.record;
  }

  /** Some time from now, of which this is the mean; never where it is zero. */
  Instant later(Duration mean) {
    return mean.isZero()
        ? Instant.MAX
        : world.time.instant().plusMillis(1 + random.nextLong(2 * mean.toMillis()));
  }
}
