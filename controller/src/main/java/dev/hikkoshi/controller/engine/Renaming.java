package dev.hikkoshi.controller.engine;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Carries what is remembered of an environment over to its new name. It is first saved under the
 * new name and then taken from the old one; what is interrupted in between is gone on with. Nothing
 * acts under the old name from the moment at which a definition says that it is renamed.
 */
final class Renaming {

  private final RecordStore records;
  private final InstantSource clock;

  Renaming(RecordStore records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Answers whether anything was carried over.
   *
   * @throws RecordStore.RecordException when somebody wrote in between; the next turn begins again
   */
  boolean work(Wish wish) {
    Optional<String> former = wish.desired().flatMap(d -> d.stance().renamedFrom());
    if (former.isEmpty()) {
      return false;
    }
    Loaded before = records.load(former.get());
    if (before.record().blank()) {
      return false;
    }
    Loaded own = records.load(wish.environment());
    boolean fresh = own.record().blank();
    if (!fresh && !carries(own.record(), before.record())) {
      // Both remember clusters of their own: a person has to say whose they are.
      return false;
    }
    if (fresh) {
      records.save(before.record().renamed(wish.environment(), clock.instant()), own.version());
    }
    EnvironmentRecord left =
        EnvironmentRecord.fresh(former.get())
            .log(clock.instant(), "hikkoshi", "renamed to " + wish.environment(), "");
    records.save(left, before.version());
    return true;
  }

  private static boolean carries(EnvironmentRecord own, EnvironmentRecord former) {
    return own.clusters().keySet().containsAll(former.clusters().keySet());
  }
}
