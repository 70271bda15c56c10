package dev.hikkoshi.demo.altered;

import dev.hikkoshi.controller.engine.EngineEvents;
import dev.hikkoshi.controller.engine.Parts;
import dev.hikkoshi.controller.engine.Turn;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.environments.loop.Pass.Report;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * The boundaries of effects: after the intent was recorded and before the call, after the call was
 * answered and before that is recorded, and after it is recorded. The engine stops at the first one
 * where it was not stopped before and says so in a file; then somebody kills the process.
 */
public final class Boundaries {

  /** Effects inside clusters are many and alike: each kind of them is stopped once. */
  private static final Pattern ONCE_PER_KIND =
      Pattern.compile("(SyncRelease|HealRelease|UninstallRelease) .*");

  private static final String REACHED = "reached";
  private static final String PASSED = "passed";

  private final Path directory;

  /** Where in an effect. */
  public enum Place {
    BEFORE_CALL,
    AFTER_CALL,
    AFTER_RECORD
  }

  private Boundaries(Path directory) {
    this.directory = directory;
  }

  /** The boundaries that are kept in a directory, by both processes. */
  public static Boundaries in(Path directory) {
    return new Boundaries(directory);
  }

  /** The same parts, which stop. */
  Parts on(Parts real) {
    return new Parts(
        real.sources(),
        real.definitions(),
        real.region(),
        real.gateways(),
        stopping(real.records()),
        real.recorded(),
        real.leads(),
        real.commands(),
        real.status(),
        real.clock(),
        real.measuring(),
        real.pace(),
        EngineEvents.all(List.of(real.events(), afterCalls())));
  }

  RecordStore stopping(RecordStore real) {
    return new Stopping(real);
  }

  EngineEvents afterCalls() {
    return new AfterCalls();
  }

  /** Where the engine has stopped, for the one who kills it. */
  public Optional<String> reached() {
    try {
      return Optional.of(Files.readString(directory.resolve(REACHED)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DemoException("cannot read where the engine is: " + e.getMessage(), e);
    }
  }

  /** From now on the engine goes on there; to be called after it was killed. */
  public void pass(String boundary) {
    try {
      Files.writeString(
          directory.resolve(PASSED),
          boundary + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Files.delete(directory.resolve(REACHED));
    } catch (IOException e) {
      throw new DemoException("cannot note that a boundary is passed: " + e.getMessage(), e);
    }
  }

  /** The boundaries at which the engine was killed. */
  public List<String> passed() {
    try {
      return Files.readAllLines(directory.resolve(PASSED));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new DemoException("cannot read which boundaries are passed: " + e.getMessage(), e);
    }
  }

  static String name(Place place, Intent intent) {
    var often = ONCE_PER_KIND.matcher(intent.key());
    String about = often.matches() ? often.group(1) : intent.key() + " (" + intent.sentence() + ")";
    return place + " " + about.replace('\n', ' ');
  }

  private void at(Place place, Intent intent) {
    String boundary = name(place, intent);
    if (passed().contains(boundary)) {
      return;
    }
    try {
      // Whole or not at all: the other process reads it at any moment.
      Path written = directory.resolve(REACHED + ".new");
      Files.writeString(written, boundary);
      Files.move(written, directory.resolve(REACHED), StandardCopyOption.ATOMIC_MOVE);
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw new DemoException("cannot say where the engine is: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("killed at " + boundary, e);
    }
  }

  /** Stops after calls. */
  private final class AfterCalls implements EngineEvents {

    @Override
    public void effect(String environment, Intent intent, Action action, Outcome outcome) {
      at(Place.AFTER_CALL, intent);
    }

    @Override
    public void turned(Turn turn, Optional<Report> report, Duration took) {}

    @Override
    public void failed(String subject, String what, Throwable cause) {}

    @Override
    public void source(String source, SourceState state) {}

    @Override
    public void schedule(String environment, String what) {}
  }

  /** Stops after intents were recorded, and after outcomes of calls were. */
  private final class Stopping implements RecordStore {

    private final RecordStore real;
    private final Set<Intent> open = new HashSet<>();

    private Stopping(RecordStore real) {
      this.real = real;
    }

    @Override
    public Loaded load(String environment) {
      Loaded loaded = real.load(environment);
      // Intents of a process that was killed: this one records how they ended.
      open.clear();
      open.addAll(loaded.record().intents());
      return loaded;
    }

    @Override
    public void forget(String environment, String version) {
      real.forget(environment, version);
    }

    @Override
    public String save(EnvironmentRecord record, String version) {
      String saved = real.save(record, version);
      Set<Intent> ended = new HashSet<>(open);
      record.intents().forEach(ended::remove);
      Set<Intent> begun = new HashSet<>(record.intents());
      begun.removeAll(open);
      open.clear();
      open.addAll(record.intents());
      ended.stream().filter(this::called).forEach(intent -> at(Place.AFTER_RECORD, intent));
      begun.forEach(intent -> at(Place.BEFORE_CALL, intent));
      return saved;
    }

    /** An intent also ends when it is found that its call was never made: that is no outcome. */
    private boolean called(Intent intent) {
      return passed().contains(name(Place.AFTER_CALL, intent));
    }
  }
}
