package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.simulator.ShareHistory.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Rules 4, 5, 6 and 12 by the world's own books: when users really had a step, whether it was
 * measured since, and whether the pods are there that it is given to. What the record says of it is
 * not asked.
 */
final class StepRules implements Watch {

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Consumer<String> broken;

  StepRules(World world, Supplier<EnvironmentRecord> record, Consumer<String> broken) {
    this.world = world;
    this.record = record;
    this.broken = broken;
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    if (world.late) {
      return; // It was right when it was asked for.
    }
    if (foreign && !accepted(dns ? "web" : "api", before)) {
      broken.accept("weights of somebody else are not written over: " + before);
    }
    MoveRecord move = record.get().move().orElseThrow();
    for (String cluster : after.of().keySet()) {
      if (after.share(cluster) > before.share(cluster)) {
        gained(dns, before, after, cluster, foreign, move);
      }
    }
  }

  private boolean accepted(String route, Sides before) {
    Optional<RouteRecord> known = record.get().route(route);
    return known.flatMap(RouteRecord::lastWritten).filter(l -> same(l, before)).isPresent();
  }

  private static boolean same(Sides one, Sides other) {
    return weights(one).equals(weights(other));
  }

  private static Map<String, Integer> weights(Sides sides) {
    return sides.of().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().weight()));
  }

  private void gained(
      boolean dns, Sides before, Sides after, String cluster, boolean foreign, MoveRecord move) {
    boolean home =
        move.phase() instanceof MovePhase.Returning || move.phase() instanceof MovePhase.Returned;
    boolean seenReady = seenReady(cluster, 1);
    if (home && !move.capacityWaived() && !seenReady(cluster, needed(dns, after, move))) {
      broken.accept(
          "a return goes to pods that are there: " + cluster + " has too few for " + after);
    }
    if (!home && record.get().bad().containsKey(cluster)) {
      broken.accept("what traffic was brought home from is not tried again: " + cluster);
    }
    if (!home && !seenReady) {
      broken.accept("no share before its pods are ready: " + cluster + " has none");
    }
    boolean step =
        onTheWay(move) && !foreign && cluster.equals(move.to()) && before.weight(cluster) > 0;
    boolean alone = world.alone(before, cluster);
    if (step && !alone) {
      timed(dns, before, before.weight(cluster), move.steps());
    }
  }

  private boolean seenReady(String cluster, int pods) {
    return !world.lastReady(cluster, pods).isBefore(world.time.instant().minus(world.look));
  }

  /** The part of home's pods, as they were when the move began, that its share asks for. */
  private static int needed(boolean dns, Sides after, MoveRecord move) {
    if (!move.returning()) {
      return 1;
    }
    int all = move.homePods().getOrDefault(dns ? "web" : "api", 1);
    String home = move.from().orElse("");
    int ours = after.weight(home) + after.weight(move.to());
    return ours == 0 ? 1 : Math.ceilDiv(all * after.weight(home), ours);
  }

  /** Where there is no old cluster any more, what is left of it goes at once. */
  private static boolean onTheWay(MoveRecord move) {
    return move.phase() instanceof MovePhase.Forward;
  }

  /** The step that ends with this write. */
  private void timed(boolean dns, Sides sides, int percent, List<Step> steps) {
    // By the clock of whoever counts it may be so much later than it is.
    Instant now = world.time.instant().plus(world.precision);
    Instant effective =
        since(world.route(dns).history.all(), sides)
            .map(at -> at.plus(dns ? DnsRoute.TTL : Duration.ZERO))
            .orElse(Instant.MAX);
    if (now.isBefore(effective)) {
      broken.accept(
          "a step counts from when it is effective: %s is so at %s".formatted(sides, effective));
      return;
    }
    Duration dwell =
        steps.stream()
            .filter(s -> s.percent() == percent)
            .map(Step::dwellMin)
            .findFirst()
            .orElse(Duration.ZERO);
    if (now.isBefore(effective.plus(dwell))) {
      broken.accept(
          "a step lasts as long as it says: %s for %s since %s".formatted(sides, dwell, effective));
    }
    Instant sampled = world.route(dns).sampled;
    if (sampled.isBefore(effective)) {
      broken.accept(
          "a step is judged by samples: %s has none since %s".formatted(sides, effective));
    }
  }

  /** Since when these weights were answered without a break until the last write. */
  private static Optional<Instant> since(List<Shares> history, Sides sides) {
    return history.reversed().stream()
        .skip(1)
        .takeWhile(s -> same(s.sides(), sides))
        .map(Shares::from)
        .reduce((_, earlier) -> earlier);
  }
}
