package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rule 10 by the world's own books, while nothing goes wrong: a hold for want of pods ends with
 * that want, and what is told of the way back is true.
 */
final class HomeRules {

  /** A look, a hold that is lifted with the next write, INSYNC and a TTL in between. */
  private static final Duration ENOUGH = Duration.ofMinutes(10);

  /** A look and the one after it. */
  private static final Duration LOOKED = Duration.ofMinutes(2);

  private final World world;
  private final Consumer<String> broken;
  private Optional<Instant> wellSince = Optional.empty();
  private Optional<Instant> downSince = Optional.empty();

  HomeRules(World world, Consumer<String> broken) {
    this.world = world;
    this.broken = broken;
  }

  /**
   * Looks at what a pass came to.
   *
   * @param calm nothing disturbed it, and the mode is act
   * @param stands it did and decided nothing either
   */
  void after(EnvironmentRecord record, Plan plan, boolean calm, boolean stands) {
    Optional<MoveRecord> move = record.move();
    Optional<Integer> pods =
        move.flatMap(MoveRecord::from)
            .filter(world.clusters::containsKey)
            .map(home -> world.cluster(home).readyPods());
    boolean seen =
        calm
            && world.namesakes.tagged().isEmpty()
            && plan.waits().stream().noneMatch(w -> w.kind() == Wait.Kind.UNKNOWN)
            && record.holds().stream().noneMatch(h -> h.reason() == Hold.Reason.FOREIGN_WRITE);
    wellSince = since(wellSince, seen && pods.filter(n -> n == Cluster.PODS).isPresent());
    downSince = since(downSince, seen && pods.filter(n -> n == 0).isPresent());
    if (longer(wellSince, ENOUGH)) {
      record.holds().stream()
          .filter(h -> h.reason() == Hold.Reason.HOME_TOO_SMALL)
          .forEach(h -> broken.accept("a hold ends with its reason: " + h));
    }
    if (stands && longer(downSince, LOOKED) && record.holds().isEmpty()) {
      move.filter(m -> m.returning() && !m.capacityWaived())
          .filter(m -> away(m, world.dns.sides(), "web") || away(m, world.alb.sides(), "api"))
          .ifPresent(m -> broken.accept("a return that waits for pods is held: " + plan.waits()));
    }
    boolean old = world.dns.stale || world.alb.stale;
    if (stands
        && !old
        && new GoHome("nobody", "asked", world.time.instant()).refusal(record).isEmpty()) {
      rehearsed("web", world.dns.sides(), move.orElseThrow(), plan);
      rehearsed("api", world.alb.sides(), move.orElseThrow(), plan);
    }
  }

  private Optional<Instant> since(Optional<Instant> before, boolean holds) {
    return holds ? before.or(() -> Optional.of(world.time.instant())) : Optional.empty();
  }

  private boolean longer(Optional<Instant> since, Duration time) {
    return since.filter(at -> at.plus(time).isBefore(world.time.instant())).isPresent();
  }

  private static boolean away(MoveRecord move, Sides sides, String route) {
    return sides.weight(move.to()) > 0 && !move.route(route).alone();
  }

  private void rehearsed(String route, Sides sides, MoveRecord move, Plan plan) {
    boolean away = away(move, sides, route);
    Optional<Verdict> told =
        plan.checks().stream()
            .filter(c -> c.name().equals(Rehearsal.CHECK) && c.subject().equals(route))
            .map(Check::verdict)
            .findFirst();
    if (!away) {
      return;
    }
    if (longer(downSince, LOOKED) && told.filter(Verdict.Pass.class::isInstance).isPresent()) {
      broken.accept("the way back to pods that are not there is not ready: " + told.get());
    }
    if (longer(wellSince, LOOKED) && told.filter(Verdict.Pass.class::isInstance).isEmpty()) {
      broken.accept("the way back to a home that is well is ready: %s, %s".formatted(route, told));
    }
  }
}
