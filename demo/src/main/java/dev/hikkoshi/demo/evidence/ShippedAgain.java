package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.stage.ControllerProcess;
import dev.hikkoshi.demo.stage.ControllerProcess.Settings;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Processes;
import java.net.URI;

/** The controller as it is shipped, which may be killed and started again. */
final class ShippedAgain implements AutoCloseable {

  private final Folders folders;
  private final Processes processes;
  private final LocalRegion region;
  private final Settings settings;
  private ControllerProcess running;

  ShippedAgain(Folders folders, Processes processes, LocalRegion region, Settings settings) {
    this.folders = folders;
    this.processes = processes;
    this.region = region;
    this.settings = settings;
    running = ControllerProcess.start(folders, processes, region, settings);
  }

  synchronized void kill() {
    running.kill();
  }

  synchronized void start() {
    running = ControllerProcess.start(folders, processes, region, settings);
  }

  synchronized URI address() {
    return running.address();
  }

  @Override
  public synchronized void close() {
    running.close();
  }
}
