package dev.hikkoshi.controller.testing;

import dev.hikkoshi.controller.engine.EngineEvents;
import dev.hikkoshi.controller.engine.Turn;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.Intent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
public final class ToldEvents implements EngineEvents {

  public final List<String> effects = new CopyOnWriteArrayList<>();
  public final List<Turn> turns = new CopyOnWriteArrayList<>();
  public final List<String> failures = new CopyOnWriteArrayList<>();
  public final List<String> schedule = new CopyOnWriteArrayList<>();

  @Override
  public void effect(String environment, Intent intent, Action action, Outcome outcome) {
    effects.add(action.key());
  }

  @Override
  public void turned(Turn turn, Optional<Report> report, Duration took) {
    turns.add(turn);
  }

  @Override
  public void failed(String subject, String what, Throwable cause) {
    failures.add(subject + ": " + what + ": " + cause.getMessage());
  }

  @Override
  public void source(String source, SourceState state) {}

  @Override
  public void schedule(String environment, String what) {
    schedule.add(what);
  }
}
