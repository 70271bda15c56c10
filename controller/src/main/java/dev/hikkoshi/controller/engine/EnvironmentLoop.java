package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.engine.Commands.Command;
import dev.hikkoshi.controller.engine.Turn.State;
import dev.hikkoshi.controller.upgrade.UpgradeSchedule;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Observer;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * One environment's loop: commands, schedule, pass, status; then it says when it wants to go on. It
 * never throws for what an environment may run into, so that one environment cannot stop another.
 * One thread at a time.
 */
final class EnvironmentLoop {

  private final String environment;
  private final WishSource wishes;
  private final Parts parts;
  private final UpgradeSchedule schedule;
  private final Renaming renaming;
  private final Farewell farewell;
  private final Pass pass;
  private final SplittableRandom chance;
  private int failures;

  EnvironmentLoop(String environment, WishSource wishes, Parts parts, Executor looks) {
    this.environment = environment;
    this.wishes = wishes;
    this.parts = parts;
    this.schedule =
        new UpgradeSchedule(
            parts.gateways().eks(),
            parts.records(),
            parts.clock(),
            what -> parts.events().schedule(environment, what));
    this.renaming = new Renaming(parts.records(), parts.clock());
    this.farewell = new Farewell(parts.records(), parts.clock());
    this.pass =
        new Pass(
            parts.gateways(),
            new Observer(parts.gateways(), looks),
            parts.records(),
            parts.clock(),
            this::leads,
            (intent, action, outcome) ->
                parts.events().effect(environment, intent, action, outcome));
    // The jitter only has to differ between environments.
    this.chance = new SplittableRandom(environment.hashCode());
  }

  /** One turn, to its end. */
  Turn turn() {
    Instant began = now();
    try {
      return leads() ? lead(began) : follow(began);
    } catch (RecordException e) {
      return failed(State.NO_RECORD, e, began);
    } catch (RuntimeException | Error e) {
      // Memory that ran out too: the loop of an environment is not begun anew by anybody.
      parts.events().failed(environment, "a turn failed", e);
      return failed(State.FAILED, e, began);
    }
  }

  private Turn lead(Instant began) {
    obey();
    if (farewell.over(environment, wishes)) {
      return told(forgotten(), Optional.empty(), began);
    }
    EnvironmentRecord before = parts.records().load(environment).record();
    Wish wish = wishes.wish(before);
    if (before.handover().isPresent()) {
      return passed(wish, before, began);
    }
    if (renaming.work(wish)) {
      before = parts.records().load(environment).record();
      wish = wishes.wish(before);
    }
    if (scheduled(wish, before)) {
      before = parts.records().load(environment).record();
    }
    return passed(wish, before, began);
  }

  private Turn passed(Wish wish, EnvironmentRecord before, Instant began) {
    Report report = pass.run(wish, wishes::mode);
    failures = 0;
    Turn turn = ended(wish, before, report);
    show(wish, report, turn);
    return told(turn, Optional.of(report), began);
  }

  private Turn forgotten() {
    Instant next = now().plus(jittered(parts.pace().interval()));
    String why = "no source defines it, and nothing is remembered of it";
    return new Turn(environment, State.UNDEFINED, why, now(), next);
  }

  /** A schedule that fails keeps nothing else from being done. */
  private boolean scheduled(Wish wish, EnvironmentRecord before) {
    try {
      return schedule.work(wish, wishes.proposal(), before);
    } catch (RecordException e) {
      throw e;
    } catch (RuntimeException e) {
      parts.events().failed(environment, "the upgrade schedule failed", e);
      return false;
    }
  }

  private Turn follow(Instant began) {
    String why = parts.leads().known() ? "another process leads" : "it is not known who leads";
    Instant next = now().plus(parts.pace().follow());
    return told(new Turn(environment, State.FOLLOWING, why, now(), next), Optional.empty(), began);
  }

  private Turn failed(State state, Throwable cause, Instant began) {
    failures++;
    String message = Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
    Instant next = now().plus(jittered(parts.pace().retry(failures)));
    return told(new Turn(environment, state, message, now(), next), Optional.empty(), began);
  }

  private Turn told(Turn turn, Optional<Report> report, Instant began) {
    parts.events().turned(turn, report, Duration.between(began, turn.at()));
    return turn;
  }

  /**
   * A command is applied before it is acknowledged. One that is found again after a crash in
   * between is known by its id in the journal: weights that changed since then were not meant by
   * it.
   */
  private void obey() {
    for (Command command : parts.commands().pending(environment)) {
      Loaded loaded = parts.records().load(environment);
      EnvironmentRecord before = loaded.record();
      Order order = command.order();
      EnvironmentRecord after = order.on(before);
      if (!after.equals(before) && !obeyed(before, command)) {
        parts
            .records()
            .save(
                after.log(order.at(), order.author(), "command applied", command.id()),
                loaded.version());
      }
      parts.commands().done(environment, command);
    }
  }

  private static boolean obeyed(EnvironmentRecord record, Command command) {
    return record.journal().stream().anyMatch(entry -> entry.requestId().equals(command.id()));
  }

  private Turn ended(Wish wish, EnvironmentRecord before, Report report) {
    boolean busy = report.busy(before);
    Instant now = now();
    return new Turn(
        environment, state(wish, report, busy), reason(wish, report), now, next(report, busy, now));
  }

  private static State state(Wish wish, Report report, boolean busy) {
    if (wish.desired().isEmpty()) {
      return State.UNDEFINED;
    }
    if (!report.record().holds().isEmpty()) {
      return State.HELD;
    }
    if (busy) {
      return State.BUSY;
    }
    return wish.stale().isPresent() ? State.STALE : State.WAITING;
  }

  private static String reason(Wish wish, Report report) {
    Optional<String> hold =
        report.record().holds().stream().findFirst().map(EnvironmentLoop::sentence);
    Optional<String> done =
        report.done().isEmpty()
            ? Optional.empty()
            : Optional.of(report.done().getLast().action().why());
    Optional<String> wait =
        report.plan().waits().stream().findFirst().map(EnvironmentLoop::sentence);
    return hold.or(wish::stale).or(() -> done).or(() -> wait).orElse("everything is as wanted");
  }

  private static String sentence(Hold hold) {
    return hold.subject() + ": " + hold.text();
  }

  private static String sentence(Wait wait) {
    return wait.subject() + ": " + wait.sentence();
  }

  private Instant next(Report report, boolean busy, Instant now) {
    Instant soonest = now.plus(parts.pace().busy());
    if (busy) {
      return soonest;
    }
    Instant regular = now.plus(jittered(parts.pace().interval()));
    Instant known = report.plan().next().orElse(regular);
    Instant next = known.isBefore(regular) ? known : regular;
    return next.isBefore(soonest) ? soonest : next;
  }

  private void show(Wish wish, Report report, Turn turn) {
    try {
      parts.status().show(wish, report, turn);
    } catch (RuntimeException e) {
      parts.events().failed(environment, "status could not be shown", e);
    }
  }

  private boolean leads() {
    return parts.leads().leads(parts.pace().call());
  }

  private Duration jittered(Duration around) {
    long tenth = Math.max(1, around.toMillis() / 10);
    return around.plusMillis(chance.nextLong(-tenth, tenth + 1));
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
