package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** How far an index in each cluster is behind: it catches up some time after the cluster came. */
final class SimLag {

  private static final double BEHIND = 600;
  private static final double CAUGHT_UP = 1;
  private static final int LONGEST_SECONDS = 2_400;

  private final World world;
  private final long seed;

  SimLag(World world, long seed) {
    this.world = world;
    this.seed = seed;
  }

  /** In seconds. What is not a cluster of ours has nothing to catch up with. */
  double of(String cluster, Instant at) {
    return behind(cluster, at) ? BEHIND : CAUGHT_UP;
  }

  boolean behind(String cluster, Instant at) {
    Cluster there = world.clusters.get(cluster);
    return there != null && at.isBefore(there.activeAt.plus(takes(cluster)));
  }

  private Duration takes(String cluster) {
    SplittableRandom random = new SplittableRandom(seed * 37 + cluster.hashCode());
    return Duration.ofSeconds(random.nextInt(LONGEST_SECONDS));
  }
}
