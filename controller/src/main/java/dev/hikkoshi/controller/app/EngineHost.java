package dev.hikkoshi.controller.app;

import dev.hikkoshi.clusters.aws.AwsClock;
import dev.hikkoshi.controller.engine.Engine;
import dev.hikkoshi.controller.engine.EngineEvents;
import dev.hikkoshi.controller.engine.LogEvents;
import dev.hikkoshi.controller.install.Installation;
import dev.hikkoshi.controller.install.Options;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the engine with the application. The outside may be away at the start: it is
 * tried again and again, while health says that we are alive and not ready.
 */
@ApplicationScoped
public class EngineHost {

  private static final Logger LOG = System.getLogger("dev.hikkoshi");
  private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
  private static final Duration RETRY_MOST = Duration.ofSeconds(30);

  private final Settings settings;
  private final MetricEvents metrics;
  private final AwsClock clock = AwsClock.beginningWith(InstantSource.system());
  private volatile @Nullable Engine engine;
  private volatile @Nullable Installation installation;
  private @Nullable Thread starter;

  /** Made by the container. */
  public EngineHost(Settings settings, MetricEvents metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /** The engine, once it runs. */
  public Optional<Engine> engine() {
    return Optional.ofNullable(engine);
  }

  void start(@Observes StartupEvent event) {
    Options options = options(settings);
    starter = Thread.ofVirtual().name("start").start(() -> startUntilDone(options));
  }

  /** Wrong settings end the start at once, with their message and without a stack trace. */
  static Options options(Settings settings) {
    try {
      return SettingsReader.options(settings, holder());
    } catch (IllegalArgumentException e) {
      // Without the cause: Quarkus looks at the innermost one, and prints a trace of any other.
      throw new ConfigurationException(
          "hikkoshi run: %s%n  docs/configuration.md lists every key.".formatted(e.getMessage()));
    }
  }

  private static String holder() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("controller");
    return host + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private void startUntilDone(Options options) {
    Duration wait = RETRY_FIRST;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        open(options);
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "not started yet, again in " + wait.toSeconds() + " s: " + e);
      }
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      wait = wait.multipliedBy(2).compareTo(RETRY_MOST) < 0 ? wait.multipliedBy(2) : RETRY_MOST;
    }
  }

  private void open(Options options) {
    Toolbox toolbox =
        Toolbox.standard(clock, progress -> LOG.log(Level.DEBUG, progress.toString()));
    Path worker = toolbox.find(Tool.RENDER.pinned());
    Installation opening = Installation.of(options, clock);
    EngineEvents events = EngineEvents.all(List.of(new LogEvents(), metrics));
    Engine started =
        Engine.start(opening.open(worker, () -> toolbox.find(Tool.HELM.pinned()), events));
    metrics.watch(started);
    installation = opening;
    engine = started;
    LOG.log(Level.INFO, "running with " + options.sources().size() + " source(s)");
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    Thread starting = starter;
    if (starting != null) {
      starting.interrupt();
      starting.join(Duration.ofSeconds(1));
    }
    Engine running = engine;
    if (running != null) {
      running.close();
    }
    Installation opened = installation;
    if (opened != null) {
      opened.close();
    }
  }

  /** At every full minute, when hours of schedules come. */
  @Scheduled(cron = "0 * * * * ?")
  void tick() {
    engine().ifPresent(Engine::tick);
  }
}
