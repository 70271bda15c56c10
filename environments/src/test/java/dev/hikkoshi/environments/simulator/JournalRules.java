package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.history.Audit;
import dev.hikkoshi.environments.history.Breach;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every line that the journal ever had, read by the auditor that reads a production's journal: it
 * agrees with the rules that are looked at here by the world's own books.
 */
final class JournalRules {

  private final Audit audit = new Audit();
  private final Consumer<String> broken;
  private @Nullable JournalEntry last;

  JournalRules(Consumer<String> broken) {
    this.broken = broken;
  }

  /** The record as it is kept from now on. */
  void saved(EnvironmentRecord record) {
    List<JournalEntry> journal = record.journal();
    int from = 0;
    for (int i = journal.size() - 1; i >= 0 && from == 0; i--) {
      // The same object: two lines may say the same.
      if (journal.get(i) == last) {
        from = i + 1;
      }
    }
    for (JournalEntry entry : journal.subList(from, journal.size())) {
      audit.read(entry);
      last = entry;
    }
    Optional<Breach> breach = audit.breaches().stream().findFirst();
    breach.ifPresent(b -> broken.accept("the journal breaks " + b));
  }
}
