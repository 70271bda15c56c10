package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Intent;
import java.time.Instant;
import java.util.Optional;

/** What an outcome adds to the record. Pure. */
final class Outcomes {

  private Outcomes() {}

  static EnvironmentRecord remember(
      EnvironmentRecord before, Intent intent, Action action, Outcome outcome, Instant now) {
    EnvironmentRecord record = before.end(intent.id());
    return switch (outcome) {
      case Outcome.Done done ->
          done(record, action, done, now)
              .worked(action.key())
              .log(now, "hikkoshi", action.why(), done.requestId());
      case Outcome.Refused(String code, String message) ->
          failed(record, action, "refused, " + code + ": " + message, now);
      case Outcome.Throttled(String message) ->
          failed(record, action, "throttled: " + message, now);
      case Outcome.Changed(String what) ->
          failed(record, action, "changed meanwhile: " + what, now);
      case Outcome.Unclear(String why) -> failed(record, action, "no clear answer: " + why, now);
    };
  }

  private static EnvironmentRecord failed(
      EnvironmentRecord record, Action action, String text, Instant now) {
    boolean first = !record.refusals().containsKey(action.key());
    EnvironmentRecord next = record.refused(action.key(), text, now);
    return first ? next.log(now, "hikkoshi", action.why() + ": " + text, "") : next;
  }

  private static EnvironmentRecord done(
      EnvironmentRecord record, Action action, Outcome.Done done, Instant now) {
    return switch (action) {
      case Action.TrafficWrite write ->
          written(record, write, Optional.ofNullable(done.facts().get("changeId")), now);
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
          Action.RemoveAddon _,
          Action.RemoveAccessEntry _,
          Action.RemoveAccessPolicy _,
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

  private static EnvironmentRecord written(
      EnvironmentRecord record, Action.TrafficWrite write, Optional<String> changeId, Instant now) {
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
