package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.evaluate.Evaluation;
import dev.hikkoshi.controller.evaluate.MixedChangeCheck;
import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.source.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The controller: listens to its sources and keeps one loop for each environment. It holds no state
 * that a restart would lose; it may be killed at any instant.
 */
public final class Engine implements AutoCloseable {

  /** How long a running effect may still take when the engine is closed. */
  private static final Duration LAST_EFFECT = Duration.ofSeconds(3);

  private final Parts parts;
  private final Evaluation evaluation;
  private final Map<String, LoopThread> loops = new ConcurrentHashMap<>();
  private final Map<String, SourceState> sources = new ConcurrentHashMap<>();
  private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  private Engine(Parts given) {
    this.parts = given.with(new LeadsUntilClosed(given.leads(), () -> stopping));
    this.evaluation =
        new Evaluation(
            given.sources(),
            given.definitions(),
            new MixedChangeCheck(given.definitions(), given.gateways()),
            given.measuring(),
            given.region(),
            given.recorded(),
            (subject, cause) -> given.events().failed(subject, "evaluation failed", cause));
  }

  /** Starts and answers at once; environments appear as their sources answer. */
  public static Engine start(Parts parts) {
    Engine engine = new Engine(parts);
    for (Source source : parts.sources()) {
      source.watch(state -> engine.heard(source, state));
    }
    return engine;
  }

  /**
   * A source was looked at: what it says is evaluated, and loops that it concerns go on at once.
   */
  private void heard(Source source, SourceState state) {
    parts.events().source(source.name(), state);
    Set<String> changed = evaluation.hear(source, state);
    evaluation.environments().forEach(this::loop);
    changed.forEach(this::poke);
    sources.put(source.name(), state);
  }

  private void loop(String environment) {
    if (stopping) {
      return;
    }
    loops.computeIfAbsent(
        environment,
        name -> {
          EnvironmentLoop loop = new EnvironmentLoop(name, evaluation.wishes(name), parts, looks);
          LoopThread thread = new LoopThread(name, loop, parts.clock());
          thread.start();
          return thread;
        });
  }

  /** Somebody has news about an environment: its loop takes a turn now. */
  public void poke(String environment) {
    LoopThread loop = loops.get(environment);
    if (loop != null) {
      loop.poke();
    }
  }

  /** Lets every loop take a turn, for example because the hour of a schedule may have come. */
  public void tick() {
    loops.values().forEach(LoopThread::poke);
  }

  /** Somebody says that Git has news; sources look when they think fit. */
  public void hint() {
    parts.sources().forEach(Source::hint);
  }

  /** Whether every source answered or failed once and it is known who leads. */
  public boolean ready() {
    return sources.size() == parts.sources().size() && parts.leads().known();
  }

  /** Whether this process may write now. */
  public boolean leads() {
    return parts.leads().leads(Duration.ZERO);
  }

  /** The last turn of each environment that had one, by name. */
  public SortedMap<String, Turn> turns() {
    SortedMap<String, Turn> turns = new TreeMap<>();
    loops.forEach((name, loop) -> loop.last().ifPresent(turn -> turns.put(name, turn)));
    return turns;
  }

  /** The last look at each source that was looked at, by name. */
  public SortedMap<String, SourceState> sources() {
    return new TreeMap<>(sources);
  }

  /**
   * No effect begins any more; one that runs has a few seconds to end. Then leadership is given
   * back. Traffic stays as it is.
   */
  @Override
  public void close() {
    stopping = true;
    loops.values().forEach(LoopThread::stop);
    // A fetch in work may take its time to end; nothing depends on its end.
    parts.sources().forEach(source -> Thread.ofVirtual().start(source::close));
    Instant deadline = parts.clock().instant().plus(LAST_EFFECT);
    try {
      for (LoopThread loop : loops.values()) {
        loop.join(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      looks.shutdownNow();
      parts.leads().close();
    }
  }
}
