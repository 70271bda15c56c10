package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Fact.Ending;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.JournalEntry;
import java.time.Instant;
import java.util.Optional;

/** What the outcome of one action adds to the record. Pure. */
final class Outcomes {

  private final Intent intent;
  private final Action action;
  private final Instant now;

  private Outcomes(Intent intent, Action action, Instant now) {
    this.intent = intent;
    this.action = action;
    this.now = now;
  }

  static EnvironmentRecord remember(
      EnvironmentRecord before, Intent intent, Action action, Outcome outcome, Instant now) {
    return new Outcomes(intent, action, now).remember(before.end(intent.id()), outcome);
  }

  private EnvironmentRecord remember(EnvironmentRecord record, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          told(
              done(record, done).worked(action.key()), Ending.DONE, action.why(), done.requestId());
      case Outcome.Refused(String code, String message) ->
          failed(record, Ending.REFUSED, "refused, " + code + ": " + message);
      case Outcome.Throttled(String message) ->
          failed(record, Ending.THROTTLED, "throttled: " + message);
      case Outcome.Changed(String what) ->
          failed(record, Ending.CHANGED, "changed meanwhile: " + what);
      case Outcome.Unclear(String why) -> failed(record, Ending.UNCLEAR, "no clear answer: " + why);
    };
  }

  /** What fails again and again is told once, but each write of weights that may have happened. */
  private EnvironmentRecord failed(EnvironmentRecord record, Ending ending, String text) {
    boolean first = !record.refusals().containsKey(action.key());
    boolean may = ending.may() && action instanceof Action.TrafficWrite;
    EnvironmentRecord next = record.refused(action.key(), text, now);
    return first || may ? told(next, ending, action.why() + ": " + text, "") : next;
  }

  private EnvironmentRecord told(
      EnvironmentRecord record, Ending ending, String text, String requestId) {
    Fact fact = new Fact.Effect(intent.id(), action.key(), ending, weights());
    return record.log(now, JournalEntry.HIKKOSHI, text, requestId, Optional.of(fact));
  }

  private Optional<Fact.Weights> weights() {
    return action instanceof Action.TrafficWrite write
        ? Optional.of(Fact.Weights.of(write.route(), write.expected(), write.intended()))
        : Optional.empty();
  }

  private EnvironmentRecord done(EnvironmentRecord record, Outcome.Done done) {
    return switch (action) {
      case Action.TrafficWrite write ->
          written(record, write, Optional.ofNullable(done.facts().get("changeId")));
      case Action.RemoveBalancerObjects a ->
          "0".equals(done.facts().get("remaining"))
              ? record.change(
                  a.cluster().name(),
                  c -> c.life() instanceof ClusterLife.Retiring r ? c.with(r.next()) : c)
              : record;
      case Action.CreateCluster _,
          Action.TagCluster _,
          Action.CreateNodegroup _,
          Action.ScaleNodegroup _,
          Action.CreateAddon _,
          Action.CreateAccessEntry _,
          Action.CreatePodIdentity _,
          Action.ChangePodIdentity _,
          Action.RemoveAddon _,
          Action.RemoveAccessEntry _,
          Action.RemoveAccessPolicy _,
          Action.RemovePodIdentity _,
          Action.SyncRelease _,
          Action.HealRelease _,
          Action.UninstallRelease _,
          Action.CreateGroup _,
          Action.Bind _,
          Action.Unbind _,
          Action.RunJob _,
          Action.RemoveJob _,
          Action.DeleteGroup _,
          Action.UntagGroup _,
          Action.UntagCluster _,
          Action.DeleteNodegroup _,
          Action.Unprotect _,
          Action.DeleteCluster _ ->
          record;
    };
  }

  private EnvironmentRecord written(
      EnvironmentRecord record, Action.TrafficWrite write, Optional<String> changeId) {
    EnvironmentRecord next =
        record.route(write.route()).map(r -> record.with(r.now(write.intended()))).orElse(record);
    return next.move()
        .filter(m -> m.route(write.route()).progress() instanceof RouteProgress.Writing)
        .map(
            m -> {
              var writing = (RouteProgress.Writing) m.route(write.route()).progress();
              return next.with(m.with(write.route(), writing.written(now, changeId)));
            })
        .orElse(next);
  }
}
