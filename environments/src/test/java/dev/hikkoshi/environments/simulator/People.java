package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Persons beside those who commit and resume: one freezes everything and thaws it again, one
 * approves the steps that ask for it. Their chance is their own, so that worlds without them are
 * what they were.
 */
final class People {

  private static final String WHO = "miyake";

  private final World world;
  private final SplittableRandom random;
  private final Duration every;
  private boolean calm;
  private Instant next;

  People(World world, Options options) {
    this.world = world;
    this.random = new SplittableRandom(options.seed() ^ 0x5EA1ED);
    this.every = options.freezesEvery();
    this.next = every.isZero() ? Instant.MAX : later();
  }

  private Instant later() {
    return world.time.instant().plusMillis(1 + random.nextLong(2 * every.toMillis()));
  }

  /** When somebody freezes or thaws. */
  Instant next() {
    return next;
  }

  /** Freezes, thaws or does nothing; whether the answer comes is another matter. */
  Optional<String> freeze() {
    if (every.isZero() || calm) {
      return Optional.empty();
    }
    world.freezeUnread = random.nextInt(40) == 0;
    if (!world.time.past(next)) {
      return Optional.empty();
    }
    next = later();
    Instant now = world.time.instant();
    boolean on = world.freeze.filter(f -> f.holds(now)).isEmpty();
    Optional<Instant> until =
        on && random.nextInt(3) == 0
            ? Optional.of(now.plusSeconds(30 + random.nextInt(1_200)))
            : Optional.empty();
    world.freeze = Optional.of(new Freeze(on, WHO, on ? "sale" : "sale is over", now, until));
    return Optional.of(
        (on ? "freezes everything" : "thaws everything")
            + until.map(t -> " until " + t).orElse(""));
  }

  /** Nobody freezes any more, and whoever is asked answers at once. */
  void rest() {
    calm = true;
    next = Instant.MAX;
    world.freezeUnread = false;
    world.freeze =
        world.freeze.map(
            f -> new Freeze(false, WHO, "over", world.time.instant(), Optional.empty()));
  }

  /** Whoever is asked for a step approves it, after a while. */
  Optional<Approve> approve(EnvironmentRecord record, Plan plan) {
    boolean asked =
        record.move().isPresent()
            && plan.waits().stream().anyMatch(w -> w.kind() == Wait.Kind.APPROVAL);
    if (!asked || !calm && random.nextInt(3) != 0) {
      return Optional.empty();
    }
    MoveRecord move = record.move().orElseThrow();
    Optional<Approve> approval =
        move.steps().stream()
            .filter(s -> s.approve() && move.approval(s.percent()).isEmpty())
            .findFirst()
            .map(Step::percent)
            .map(p -> new Approve(move.id(), p, WHO, "looks well", world.time.instant()))
            .filter(order -> order.refusal(record).isEmpty());
    approval.ifPresent(a -> world.approved.add(move.id() + " " + a.step()));
    return approval;
  }
}
