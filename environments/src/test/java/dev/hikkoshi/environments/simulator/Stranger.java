package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Somebody else with the same rights writes weights: of a side that is on a route, or, as an old
 * script or commands printed long ago do, of one that was taken off it.
 */
final class Stranger {

  private static final int SELDOM = 3;

  private final World world;
  private final Options options;
  private final SplittableRandom random;

  Stranger(World world, Options options, SplittableRandom random) {
    this.world = world;
    this.options = options;
    this.random = random;
  }

  /** Writes once. Answers whether there was anything to write. */
  boolean writes() {
    boolean dns = options.dns() && (!options.alb() || random.nextBoolean());
    boolean there =
        dns
            ? !world.dns.records.isEmpty() && world.dns.records.getFirst().weight().isPresent()
            : !world.alb.rule.isEmpty();
    if (!there) {
      return false;
    }
    int weight = 1 + random.nextInt(100);
    boolean back = random.nextInt(SELDOM) == 0;
    if (dns) {
      record(weight, back ? gone() : List.of());
    } else {
      group(weight, back ? unnamed() : List.of());
    }
    return true;
  }

  /** Records of clusters that are there, and that the name has no more. */
  private List<RecordSeen> gone() {
    Set<String> there = world.dns.sides().of().keySet();
    return world.dns.lastWritten.entrySet().stream()
        .filter(e -> world.clusters.containsKey(e.getKey()) && !there.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Groups of clusters that are there, and that the rule named and does not name now. */
  private List<TargetGroup> unnamed() {
    Set<String> there = world.alb.sides().of().keySet();
    return world.alb.groups.values().stream()
        .filter(g -> world.alb.named.contains(g.arn))
        .filter(g -> world.clusters.containsKey(g.cluster) && !there.contains(g.cluster))
        .toList();
  }

  private void record(int weight, List<RecordSeen> gone) {
    List<RecordSeen> next = new ArrayList<>(world.dns.records);
    if (gone.isEmpty()) {
      next.set(0, reweighted(next.getFirst(), weight));
    } else {
      next.add(reweighted(gone.get(random.nextInt(gone.size())), weight));
      world.putBack.add(next.getLast().setIdentifier().orElseThrow());
    }
    world.dns.write(next, true);
  }

  private void group(int weight, List<TargetGroup> unnamed) {
    List<GroupWeight> next = new ArrayList<>(world.alb.rule);
    if (unnamed.isEmpty()) {
      next.set(0, new GroupWeight(next.getFirst().groupArn(), weight));
    } else {
      TargetGroup back = unnamed.get(random.nextInt(unnamed.size()));
      next.add(new GroupWeight(back.arn, weight));
      world.putBack.add(back.cluster);
    }
    world.alb.write(next, true);
  }

  /** The same record with another weight. */
  static RecordSeen reweighted(RecordSeen r, int weight) {
    return new RecordSeen(
        r.name(),
        r.type(),
        r.setIdentifier(),
        OptionalInt.of(weight),
        r.policy(),
        r.alias(),
        r.ttl(),
        r.values(),
        r.healthCheckId());
  }
}
