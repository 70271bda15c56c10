package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Rules 4 and 10 after each pass: what a return may wait for, and who may be called a stranger. */
final class ReturnRules {

  /** INSYNC, the TTL, probes of targets that were put back, each at its longest, and passes. */
  private static final Duration ENOUGH = Duration.ofMinutes(10);

  private final World world;
  private final boolean strangersWrite;
  private final Consumer<String> broken;
  private Optional<Instant> wellSince = Optional.empty();

  ReturnRules(World world, Options options, Consumer<String> broken) {
    this.world = world;
    this.strangersWrite = !options.foreignEvery().isZero();
    this.broken = broken;
  }

  /**
   * Looks at what a pass came to.
   *
   * @param calm no fault struck in it and the mode is act
   * @param deceived an answer was older than the last write, perhaps a stranger's
   */
  void after(EnvironmentRecord before, EnvironmentRecord now, boolean calm, boolean deceived) {
    for (Hold hold : now.holds()) {
      if (hold.reason() == Hold.Reason.FOREIGN_WRITE && !before.holds().contains(hold)) {
        foreign(before, hold, deceived);
      }
    }
    Optional<String> home =
        now.move()
            .filter(m -> m.phase() instanceof MovePhase.Returning)
            .flatMap(MoveRecord::from)
            .filter(world.clusters::containsKey);
    boolean well =
        calm
            && world.namesakes.tagged().isEmpty()
            && home.filter(h -> world.cluster(h).readyPods() == Cluster.PODS).isPresent()
            && now.holds().stream().noneMatch(h -> h.reason() == Hold.Reason.FOREIGN_WRITE);
    wellSince = well ? wellSince.or(() -> Optional.of(world.time.instant())) : Optional.empty();
    boolean late =
        wellSince.filter(at -> at.plus(ENOUGH).isBefore(world.time.instant())).isPresent();
    if (late && !(atHome(world.dns.sides(), home) && atHome(world.alb.sides(), home))) {
      broken.accept(
          "a return waits for nothing of the side that it leaves: web %s, api %s, home is well since %s"
              .formatted(world.dns.sides(), world.alb.sides(), wellSince.orElseThrow()));
    }
  }

  private static boolean atHome(Sides sides, Optional<String> home) {
    return sides.of().isEmpty()
        || home.filter(h -> sides.weight(h) > 0).isPresent() && sides.receiving().size() == 1;
  }

  private void foreign(EnvironmentRecord before, Hold hold, boolean deceived) {
    if (!strangersWrite) {
      broken.accept("own writes are not taken for a stranger's: " + hold.text());
    } else if (deceived) {
      // Two strangers' writes in a minute: which is the newer one no look tells, the next one will.
      return;
    }
    Optional<MoveRecord> returning =
        before.move().filter(m -> m.phase() instanceof MovePhase.Returning);
    Sides last =
        before.route(hold.subject()).flatMap(RouteRecord::lastWritten).orElse(Sides.none());
    Sides seen = world.route(hold.subject().equals("web")).sides();
    String home = returning.flatMap(MoveRecord::from).orElse("");
    boolean helps =
        returning.isPresent()
            && seen.share(home) >= last.share(home)
            && seen.of().keySet().stream().allMatch(before.clusters()::containsKey);
    if (helps) {
      broken.accept("a foreign write on the way home holds no return: " + seen);
    }
  }
}
