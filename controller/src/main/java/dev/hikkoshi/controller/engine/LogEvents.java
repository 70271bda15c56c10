package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.Intent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One line for each effect, and one for each change of an environment's or a source's state. Fields
 * are {@code key=value}; text of others is put in quotes with its control characters taken out, so
 * that nobody's text can begin a line of its own.
 */
public final class LogEvents implements EngineEvents {

  private static final int MOST = 2_000;

  private final Logger log;
  private final Map<String, String> last = new ConcurrentHashMap<>();

  public LogEvents() {
    this(System.getLogger("dev.hikkoshi"));
  }

  LogEvents(Logger log) {
    this.log = log;
  }

  @Override
  public void effect(String environment, Intent intent, Action action, Outcome outcome) {
    String head =
        "effect environment=%s id=%s kind=%s outcome=%s"
            .formatted(environment, intent.id(), Kinds.of(action), Kinds.of(outcome));
    String why = " why=" + quoted(action.why());
    switch (outcome) {
      case Outcome.Done done ->
          log.log(Level.INFO, () -> head + " request=" + quoted(done.requestId()) + why);
      case Outcome.Refused(String code, String message) ->
          failed(head + why, code + ": " + message);
      case Outcome.Throttled(String message) -> failed(head + why, message);
      case Outcome.Changed(String what) -> failed(head + why, what);
      case Outcome.Unclear(String text) -> failed(head + why, text);
    }
  }

  private void failed(String line, String answer) {
    log.log(Level.WARNING, () -> line + " answer=" + quoted(answer));
  }

  @Override
  public void turned(Turn turn, Optional<Report> report, Duration took) {
    String line =
        "environment=%s state=%s reason=%s"
            .formatted(turn.environment(), turn.state().word(), quoted(turn.reason()));
    if (changed("environment " + turn.environment(), what(turn, report))) {
      log.log(level(turn.state()), () -> line);
    }
  }

  /** While all is well only a new state or phase is worth a line; else every new reason is. */
  private static String what(Turn turn, Optional<Report> report) {
    String phase =
        report.flatMap(r -> r.record().move()).map(m -> m.id() + " " + m.phase().word()).orElse("");
    return switch (turn.state()) {
      case BUSY, WAITING -> phase;
      case FOLLOWING, UNDEFINED, HELD, STALE, NO_RECORD, FAILED ->
          turn.state() + " " + turn.reason();
    };
  }

  private static Level level(Turn.State state) {
    return switch (state) {
      case FOLLOWING, BUSY, WAITING -> Level.INFO;
      case UNDEFINED, HELD, STALE, NO_RECORD, FAILED -> Level.WARNING;
    };
  }

  @Override
  public void failed(String subject, String what, Throwable cause) {
    log.log(Level.ERROR, () -> "subject=" + quoted(subject) + " failed=" + quoted(what), cause);
  }

  @Override
  public void source(String source, SourceState state) {
    switch (state) {
      case SourceState.Head head -> {
        if (changed("source " + source, head.id())) {
          log.log(Level.INFO, () -> "source=" + source + " commit=" + head.id());
        }
      }
      case SourceState.Unreachable gone -> {
        if (changed("source " + source, gone.why())) {
          log.log(
              Level.WARNING,
              () ->
                  "source=%s unreachable=%s since=%s"
                      .formatted(source, quoted(gone.why()), gone.since()));
        }
      }
    }
  }

  @Override
  public void schedule(String environment, String what) {
    if (changed("schedule " + environment, what)) {
      log.log(Level.INFO, () -> "environment=" + environment + " schedule=" + quoted(what));
    }
  }

  private boolean changed(String subject, String now) {
    return !now.equals(last.put(subject, now));
  }

  /** Text of others in one line, bounded. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder().append('"');
    text.chars()
        .limit(MOST)
        .forEach(c -> out.append(Character.isISOControl(c) ? ' ' : c == '"' ? '\'' : (char) c));
    return out.append(text.length() > MOST ? "…\"" : "\"").toString();
  }
}
