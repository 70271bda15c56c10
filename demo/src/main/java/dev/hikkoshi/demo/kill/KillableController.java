package dev.hikkoshi.demo.kill;

import dev.hikkoshi.demo.altered.AlteredProcess;
import dev.hikkoshi.demo.stage.ControllerProcess.Settings;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Processes;
import java.util.List;

/** A controller that is killed and started again, now with and now without stops. */
final class KillableController implements AutoCloseable {

  private final Folders folders;
  private final Processes processes;
  private final LocalRegion region;
  private final Settings settings;
  private AlteredProcess running;

  KillableController(Folders folders, Processes processes, LocalRegion region, Settings settings) {
    this.folders = folders;
    this.processes = processes;
    this.region = region;
    this.settings = settings;
    running = AlteredProcess.start(folders, processes, region, settings, List.of());
  }

  /** SIGKILL. */
  synchronized void kill() {
    running.kill();
  }

  /** A new process after one that was killed; returns when it is ready. */
  synchronized void start(List<String> alteration) {
    running = AlteredProcess.start(folders, processes, region, settings, alteration);
  }

  @Override
  public synchronized void close() {
    running.close();
  }
}
