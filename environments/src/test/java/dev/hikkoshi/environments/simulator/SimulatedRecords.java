package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.util.function.Consumer;

/** Records as they come to be in moves with faults, crashes and foreign writes. */
public final class SimulatedRecords {

  private SimulatedRecords() {}

  /** Runs one seed to its end and shows every record that was saved. */
  public static void of(long seed, Consumer<EnvironmentRecord> each) {
    Simulation simulation = Simulation.of(seed, false);
    simulation.store.listener = each;
    simulation.run();
  }
}
