package dev.hikkoshi.controller.engine;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import java.time.InstantSource;

/**
 * The end of an environment that was handed over: as long as Git defines it, one small record says
 * that it is nobody's; once its folder has left Git, that record goes too.
 */
final class Farewell {

  private final RecordStore records;
  private final InstantSource clock;

  Farewell(RecordStore records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Answers whether there is nothing left to run: Git has no such environment and nothing is
   * remembered of it, or not any more from now on.
   *
   * @throws RecordStore.RecordException when it could not be forgotten; the next turn tries again
   */
  boolean over(String environment, WishSource wishes) {
    if (!wishes.undefined()) {
      return false;
    }
    Loaded loaded = records.load(environment);
    if (loaded.record().equals(EnvironmentRecord.fresh(environment))) {
      return true;
    }
    boolean read =
        loaded.record().handover().orElse(null) instanceof Handover.Done done
            && done.readLongEnough(clock.instant());
    if (read) {
      records.forget(environment, loaded.version());
    }
    return read;
  }
}
