package dev.hikkoshi.controller.app;

import dev.hikkoshi.controller.engine.Engine;
import dev.hikkoshi.controller.engine.EngineEvents;
import dev.hikkoshi.controller.engine.Kinds;
import dev.hikkoshi.controller.engine.Turn;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Frozen;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.RouteRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What happens, as metrics. Labels are names of the definition and fixed words only, so that their
 * number stays bounded.
 */
@ApplicationScoped
public class MetricEvents implements EngineEvents {

  private static final String HOLDS = "hikkoshi.holds";
  private static final String SHARE = "hikkoshi.route.share";
  private static final String READY = "hikkoshi.return.ready";

  private final MeterRegistry registry;
  private final Map<String, MultiGauge> gauges = new ConcurrentHashMap<>();
  private final AtomicInteger frozen = new AtomicInteger();
  private final Map<String, Instant> answered = new ConcurrentHashMap<>();

  public MetricEvents(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("hikkoshi.frozen", frozen, AtomicInteger::get)
        .description("1 while a person froze everything, or nobody can say whether one did")
        .register(registry);
  }

  /** What has to be asked rather than told. */
  void watch(Engine engine) {
    Gauge.builder("hikkoshi.leader", engine, e -> e.leads() ? 1 : 0)
        .description("1 while this process may write")
        .register(registry);
  }

  @Override
  public void effect(String environment, Intent intent, Action action, Outcome outcome) {
    registry
        .counter(
            "hikkoshi.effects",
            "environment",
            environment,
            "kind",
            Kinds.of(action),
            "outcome",
            Kinds.of(outcome))
        .increment();
  }

  @Override
  public void turned(Turn turn, Optional<Report> report, Duration took) {
    registry
        .timer("hikkoshi.passes", "environment", turn.environment(), "state", turn.state().word())
        .record(took);
    gauge("hikkoshi.environment.state", turn.environment())
        .register(List.of(Row.of(Tags.of("state", turn.state().word()), 1)), true);
    if (!told(turn, report)) {
      silent(turn.environment());
    }
    if (turn.state() == Turn.State.FOLLOWING) {
      frozen.set(0);
    }
    report.flatMap(Report::observed).ifPresent(this::frozen);
    report.ifPresent(
        r -> {
          remembered(r.record());
          rehearsed(turn.environment(), r.plan());
        });
  }

  /** Whether this process has something to say of the environment: a follower has not any more. */
  private static boolean told(Turn turn, Optional<Report> report) {
    return switch (turn.state()) {
      case FOLLOWING -> false;
      case UNDEFINED -> report.isPresent();
      case BUSY, WAITING, HELD, STALE, NO_RECORD, FAILED -> true;
    };
  }

  /** What it said when it led is not true for ever: alerts are about what the leader says now. */
  private void silent(String environment) {
    for (String name : List.of(HOLDS, SHARE, READY)) {
      gauge(name, environment).register(List.of(), true);
    }
  }

  /** One freeze for all: what the newest pass of any environment read. */
  private void frozen(Observed seen) {
    frozen.set(Frozen.why(seen, seen.at()).isPresent() ? 1 : 0);
  }

  /** No row where there is no way back to ask for, so that an alert on 0 means what it says. */
  private void rehearsed(String environment, Plan plan) {
    List<Row<?>> ready =
        plan.checks().stream()
            .filter(check -> check.name().equals(Rehearsal.CHECK))
            .<Row<?>>map(c -> Row.of(Tags.of("route", c.subject()), c.passed() ? 1 : 0))
            .toList();
    gauge(READY, environment).register(ready, true);
  }

  private void remembered(EnvironmentRecord record) {
    List<Row<?>> holds = new ArrayList<>();
    for (Hold.Reason reason : Hold.Reason.values()) {
      long count = record.holds().stream().filter(h -> h.reason() == reason).count();
      holds.add(Row.of(Tags.of("reason", word(reason.name())), count));
    }
    gauge(HOLDS, record.environment()).register(holds, true);
    List<Row<?>> shares =
        record.routes().values().stream().<Row<?>>flatMap(MetricEvents::shares).toList();
    gauge(SHARE, record.environment()).register(shares, true);
  }

  private static Stream<Row<?>> shares(RouteRecord route) {
    Sides sides = route.lastWritten().orElse(Sides.none());
    return sides.of().keySet().stream()
        .map(side -> Row.of(Tags.of("route", route.name(), "cluster", side), sides.share(side)));
  }

  @Override
  public void failed(String subject, String what, Throwable cause) {
    registry.counter("hikkoshi.failures").increment();
  }

  @Override
  public void source(String source, SourceState state) {
    Instant at =
        switch (state) {
          case SourceState.Head head -> head.at();
          case SourceState.Unreachable gone -> gone.since();
        };
    if (answered.put(source, at) == null) {
      Gauge.builder("hikkoshi.source.age", answered, all -> age(all.getOrDefault(source, at)))
          .description("seconds since the remote last answered")
          .baseUnit("seconds")
          .tag("source", source)
          .register(registry);
    }
    registry
        .counter(
            "hikkoshi.source.looks",
            "source",
            source,
            "answer",
            state instanceof SourceState.Head ? "head" : "unreachable")
        .increment();
  }

  @Override
  public void schedule(String environment, String what) {}

  private double age(Instant at) {
    return Duration.between(at, Instant.ofEpochMilli(registry.config().clock().wallTime()))
            .toMillis()
        / 1_000.0;
  }

  private MultiGauge gauge(String name, String environment) {
    return gauges.computeIfAbsent(
        name + " " + environment,
        _ -> MultiGauge.builder(name).tag("environment", environment).register(registry));
  }

  private static String word(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
