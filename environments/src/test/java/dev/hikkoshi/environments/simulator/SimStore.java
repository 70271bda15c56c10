package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import java.util.function.Consumer;

/** The record in memory, versioned; it survives crashes. */
final class SimStore implements RecordStore {

  private final Faults faults;
  EnvironmentRecord record = EnvironmentRecord.fresh(Wishes.ENVIRONMENT);
  Consumer<EnvironmentRecord> listener = _ -> {};

  /** Told of everything that is kept, whoever saves it. */
  Consumer<EnvironmentRecord> kept = _ -> {};

  private int version;

  SimStore(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Loaded load(String environment) {
    return new Loaded(record, Integer.toString(version));
  }

  @Override
  public String save(EnvironmentRecord next, String seen) {
    if (!seen.equals(Integer.toString(version))) {
      throw new RecordException("somebody else saved version " + version);
    }
    faults.save(
        () -> {
          record = next;
          version++;
          kept.accept(next);
          listener.accept(next);
        });
    return Integer.toString(version);
  }

  @Override
  public void forget(String environment, String seen) {
    if (!seen.equals(Integer.toString(version))) {
      throw new RecordException("somebody else saved version " + version);
    }
    record = EnvironmentRecord.fresh(environment);
    version++;
  }

  /** A person's annotation, applied by the controller between passes. */
  void put(EnvironmentRecord next) {
    record = next;
    version++;
    kept.accept(next);
  }
}
