package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.Intent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens in the engine, for logs and metrics. It decides nothing and never throws. */
public interface EngineEvents {

  /** An effect ended. */
  void effect(String environment, Intent intent, Action action, Outcome outcome);

  /** A turn ended; the report is empty when there was no pass to its end. */
  void turned(Turn turn, Optional<Report> report, Duration took);

  /** A mistake of ours, or a status that could not be shown. */
  void failed(String subject, String what, Throwable cause);

  /** A source was looked at. */
  void source(String source, SourceState state);

  /** The upgrade schedule did something, or could not. */
  void schedule(String environment, String what);

  /** Tells several, in order. */
  static EngineEvents all(List<EngineEvents> listeners) {
    List<EngineEvents> each = List.copyOf(listeners);
    return new EngineEvents() {
      @Override
      public void effect(String environment, Intent intent, Action action, Outcome outcome) {
        each.forEach(e -> e.effect(environment, intent, action, outcome));
      }

      @Override
      public void turned(Turn turn, Optional<Report> report, Duration took) {
        each.forEach(e -> e.turned(turn, report, took));
      }

      @Override
      public void failed(String subject, String what, Throwable cause) {
        each.forEach(e -> e.failed(subject, what, cause));
      }

      @Override
      public void source(String source, SourceState state) {
        each.forEach(e -> e.source(source, state));
      }

      @Override
      public void schedule(String environment, String what) {
        each.forEach(e -> e.schedule(environment, what));
      }
    };
  }
}
