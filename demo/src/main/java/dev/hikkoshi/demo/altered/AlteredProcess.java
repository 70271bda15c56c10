package dev.hikkoshi.demo.altered;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.ControllerProcess;
import dev.hikkoshi.demo.stage.ControllerProcess.Settings;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Processes;
import dev.hikkoshi.demo.stage.Waiting;
import dev.hikkoshi.sandbox.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link AlteredController} in a process of its own, as the shipped controller is. */
public final class AlteredProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration END = Duration.ofSeconds(10);
  private static final AtomicInteger STARTS = new AtomicInteger();

  private final Child process;

  private AlteredProcess(Child process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param alteration the arguments of {@link AlteredController#main}
   * @throws DemoException when it does not start; the message holds the end of its log
   */
  public static AlteredProcess start(
      Folders folders,
      Processes processes,
      LocalRegion region,
      Settings settings,
      List<String> alteration) {
    Path ready = folders.root().resolve("ready-" + STARTS.incrementAndGet());
    List<String> jvm = new ArrayList<>(ControllerProcess.properties(folders, settings));
    jvm.add("-D" + AlteredController.READY_FILE + "=" + ready);
    List<String> program =
        new ArrayList<>(
            List.of(
                "-cp", System.getProperty("java.class.path"), AlteredController.class.getName()));
    program.addAll(alteration);
    AlteredProcess started =
        new AlteredProcess(
            processes.start(
                new Processes.Spec("controller", jvm, program, region.environment("hikkoshi"))));
    try {
      started.awaitReady(folders, ready);
      return started;
    } catch (DemoException e) {
      started.close();
      throw e;
    }
  }

  private void awaitReady(Folders folders, Path ready) {
    Waiting.until(
        "the altered controller",
        START,
        () -> {
          if (process.exit().isDone()) {
            throw new DemoException("it ended:\n" + folders.tail("controller"));
          }
          return Files.exists(ready);
        });
    try {
      Files.delete(ready);
    } catch (IOException e) {
      throw new DemoException("cannot remove " + ready, e);
    }
  }

  /** SIGKILL; returns when it is dead. */
  public void kill() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    process.exit().join();
  }

  @Override
  public void close() {
    process.stop(END);
  }
}
