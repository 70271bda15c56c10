package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.simulator.ShareHistory.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How apps answer: most clusters well, some sick from a share on, as disks and resolvers are, some
 * after a time. Drawn by name, so that the same seed has the same sick clusters whatever happens in
 * between.
 */
final class Sickness {

  /** Errors of a side that is well, and of one that is not. */
  static final double WELL = 0.001;

  static final double SICK = 0.3;

  private static final int[] SHARES = {5, 25, 50, 100};

  private final World world;
  private final long seed;
  private final boolean strikes;
  private final Map<String, Case> cases = new TreeMap<>();
  private Instant healed = Instant.MAX;

  /**
   * Draws as it is asked.
   *
   * @param strikes whether any cluster is sick at all
   */
  Sickness(World world, long seed, boolean strikes) {
    this.world = world;
    this.seed = seed;
    this.strikes = strikes;
  }

  /**
   * When a cluster's apps are sick.
   *
   * @param share from this share on, 0 to 1; more than 1 for never
   * @param after so long after it first had share
   */
  private record Case(double share, Duration after) {

    static final Case WELL = new Case(2, Duration.ZERO);
  }

  /** A test's word on one cluster: sick from that share on. */
  void from(String cluster, double share) {
    cases.put(cluster, new Case(share, Duration.ZERO));
  }

  /** From now on all are well. */
  void heal() {
    healed = world.time.instant();
  }

  /** Whether it is never sick, whatever share it gets. */
  boolean neverSick(String cluster) {
    return of(cluster).share() > 1;
  }

  private Case of(String cluster) {
    return cases.computeIfAbsent(cluster, this::drawn);
  }

  private Case drawn(String cluster) {
    SplittableRandom random = new SplittableRandom(seed * 31 + cluster.hashCode());
    if (!strikes || cluster.equals(Wishes.LEGACY)) {
      return Case.WELL;
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Case(SHARES[random.nextInt(SHARES.length)] / 100.0, Duration.ZERO);
      case 1 -> new Case(0.001, Duration.ofSeconds(30 + random.nextInt(1_200)));
      default -> Case.WELL;
    };
  }

  /** The part of answers that are errors at an instant. */
  double errors(boolean dns, String cluster, Instant at) {
    return since(dns, cluster, at).isPresent() ? SICK : WELL;
  }

  /** Since when it is sick without a break, as users of a route see it; empty when it is well. */
  Optional<Instant> since(boolean dns, String cluster, Instant at) {
    Case its = of(cluster);
    if (its.share() > 1 || !at.isBefore(healed)) {
      return Optional.empty();
    }
    Optional<Instant> from = Optional.empty();
    for (Shares s : world.route(dns).history.all()) {
      if (s.from().isAfter(at)) {
        break;
      }
      boolean enough = s.sides().share(cluster) >= its.share() - 1e-9;
      from = enough ? from.or(() -> Optional.of(s.from())) : Optional.empty();
    }
    return from.map(t -> t.plus(its.after())).filter(t -> !t.isAfter(at));
  }
}
