package dev.hikkoshi.environments.move;

import dev.hikkoshi.environments.collection.Sorted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * All sides of a route with their weights, strangers included.
 *
 * @param of by side: a cluster's name, or a stranger's set identifier or target group ARN
 */
public record Sides(SortedMap<String, Side> of) {

  /**
   * One side.
   *
   * @param weight as AWS holds it; share is weight ÷ sum of all weights
   * @param target load balancer DNS name or target group ARN; empty for strangers, whose target is
   *     their own business
   */
  public record Side(int weight, String target) {

    public Side {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight cannot be negative: " + weight);
      }
    }
  }

  public Sides {
    of = Sorted.copyOf(of);
  }

  public static Sides none() {
    return new Sides(Sorted.empty());
  }

  public Optional<Side> side(String name) {
    return Optional.ofNullable(of.get(name));
  }

  public int weight(String name) {
    Side side = of.get(name);
    return side == null ? 0 : side.weight();
  }

  public int total() {
    int total = 0;
    for (Side side : of.values()) {
      total += side.weight();
    }
    return total;
  }

  /** The part of all traffic that a side gets, 0 to 1; 0 when nothing has weight. */
  public double share(String name) {
    int total = total();
    return total == 0 ? 0 : (double) weight(name) / total;
  }

  /** Nobody has weight although sides exist: AWS then spreads traffic evenly. Never written. */
  public boolean allZero() {
    return !of.isEmpty() && total() == 0;
  }

  /** Sides with weight. */
  public Set<String> receiving() {
    Set<String> names = new HashSet<>();
    of.forEach(
        (name, side) -> {
          if (side.weight() > 0) {
            names.add(name);
          }
        });
    return Set.copyOf(names);
  }

  public Sides with(String name, int weight, String target) {
    return new Sides(Sorted.with(of, name, new Side(weight, target)));
  }

  public Sides without(String name) {
    return new Sides(Sorted.without(of, name));
  }

  /** {@code shop-1-36-1 75, shop-1-37-2 25}, or {@code nobody}. */
  @Override
  public String toString() {
    return of.isEmpty()
        ? "nobody"
        : of.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue().weight())
            .collect(Collectors.joining(", "));
  }
}
