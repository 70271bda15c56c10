package dev.hikkoshi.sandbox.process;

import dev.hikkoshi.sandbox.state.PrivateFiles;
import dev.hikkoshi.sandbox.state.StateStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts and stops the sandbox's processes through the supervisor. Thread-safe. */
public final class Children implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Children.class.getName());
  private static final long START_SECONDS = 20;

  private final Leftovers leftovers;
  private final List<String> ended;
  private final Process supervisor;
  private final DataOutputStream commands;
  private final Map<Integer, Handle> handles = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile boolean closing;

  private final class Handle implements Child {
    private final int id;
    private final String name;
    private final CompletableFuture<Long> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private Handle(int id, String name) {
      this.id = id;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long pid() {
      return started.join();
    }

    @Override
    public CompletableFuture<Integer> exit() {
      return exit.copy();
    }

    @Override
    public void stop(Duration grace) {
      if (!exit.isDone()) {
        kill(id, false);
        if (!await(exit, grace)) {
          kill(id, true);
          await(exit, Duration.ofSeconds(2));
        }
      }
    }
  }

  /**
   * Ends what an earlier run left behind and starts the supervisor.
   *
   * @param directory where the supervisor's class and log go
   */
  public Children(StateStore state, Path directory) {
    leftovers = new Leftovers(state);
    ended = leftovers.end();
    try {
      supervisor = launch(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start the supervisor of child processes", e);
    }
    commands = new DataOutputStream(supervisor.getOutputStream());
    Thread.ofPlatform().daemon().name("supervisor-events").start(this::listen);
  }

  /** Names of the processes that an earlier run had left behind and that were ended. */
  public List<String> endedLeftovers() {
    return ended;
  }

  private static Process launch(Path directory) throws IOException {
    String name = Supervisor.class.getName();
    String packageName = Supervisor.class.getPackageName();
    Path folder = directory.resolve("supervisor").resolve(packageName.replace('.', '/'));
    try (InputStream in = Supervisor.class.getResourceAsStream("Supervisor.class")) {
      if (in == null) {
        throw new IOException("no class file of the supervisor");
      }
      PrivateFiles.directory(folder);
      PrivateFiles.write(folder.resolve("Supervisor.class"), in.readAllBytes());
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx24m",
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            directory.resolve("supervisor").toString(),
            name);
    return new ProcessBuilder(command)
        .redirectError(Redirect.appendTo(directory.resolve("supervisor.log").toFile()))
        .start();
  }

  /**
   * Starts a process.
   *
   * @throws IllegalStateException where it cannot be started; the message names the executable
   */
  public Child start(ChildSpec spec) {
    int id = ids.incrementAndGet();
    Handle handle = new Handle(id, spec.name());
    handles.put(id, handle);
    try {
      PrivateFiles.directory(spec.directory());
      sendStart(id, spec);
      long pid = handle.started.get(START_SECONDS, TimeUnit.SECONDS);
      leftovers.started(spec.name(), pid);
      return handle;
    } catch (IOException | ExecutionException | TimeoutException e) {
      handles.remove(id);
      throw new IllegalStateException(
          "could not start %s (%s): %s"
              .formatted(spec.name(), spec.command().getFirst(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + spec.name(), e);
    }
  }

  private void sendStart(int id, ChildSpec spec) throws IOException {
    synchronized (commands) {
      commands.writeByte(Supervisor.START);
      commands.writeInt(id);
      commands.writeInt(spec.command().size());
      for (String word : spec.command()) {
        commands.writeUTF(word);
      }
      commands.writeInt(2 * spec.environment().size());
      for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
        commands.writeUTF(variable.getKey());
        commands.writeUTF(variable.getValue());
      }
      commands.writeUTF(spec.directory().toString());
      commands.writeUTF(spec.log().toString());
      commands.flush();
    }
  }

  private void kill(int id, boolean force) {
    synchronized (commands) {
      try {
        commands.writeByte(Supervisor.KILL);
        commands.writeInt(id);
        commands.writeBoolean(force);
        commands.flush();
      } catch (IOException e) {
        LOG.log(Logger.Level.DEBUG, "the supervisor is gone", e);
      }
    }
  }

  private void listen() {
    try (DataInputStream events = new DataInputStream(supervisor.getInputStream())) {
      while (true) {
        byte frame = events.readByte();
        int id = events.readInt();
        long number = events.readLong();
        String text = events.readUTF();
        Handle handle = handles.get(id);
        if (handle != null) {
          heard(handle, frame, number, text);
        }
      }
    } catch (IOException e) {
      supervisorGone();
    }
  }

  private void heard(Handle handle, byte frame, long number, String text) {
    switch (frame) {
      case Supervisor.STARTED -> handle.started.complete(number);
      case Supervisor.FAILED -> {
        handles.remove(handle.id);
        handle.started.completeExceptionally(new IOException(text));
        handle.exit.complete(-1);
      }
      case Supervisor.EXITED -> {
        handles.remove(handle.id);
        leftovers.ended(handle.pid());
        handle.exit.complete((int) number);
      }
      default -> LOG.log(Logger.Level.ERROR, "unknown frame of the supervisor: " + frame);
    }
  }

  private void supervisorGone() {
    if (!closing) {
      LOG.log(Logger.Level.ERROR, "the supervisor of child processes ended; killing its children");
    }
    leftovers.killAll();
    for (Handle handle : handles.values()) {
      handle.started.completeExceptionally(new IOException("the supervisor is gone"));
      handle.exit.complete(-1);
    }
    handles.clear();
  }

  private static boolean await(CompletableFuture<Integer> exit, Duration time) {
    try {
      exit.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all processes at once, and the supervisor. */
  @Override
  public void close() {
    closing = true;
    try {
      commands.close();
      if (!supervisor.waitFor(3, TimeUnit.SECONDS)) {
        supervisor.destroyForcibly();
        leftovers.killAll();
      }
    } catch (IOException e) {
      supervisor.destroyForcibly();
      leftovers.killAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      supervisor.destroyForcibly();
    }
  }
}
