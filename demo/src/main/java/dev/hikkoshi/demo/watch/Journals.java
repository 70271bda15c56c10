package dev.hikkoshi.demo.watch;

import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.clusters.record.StatusReader;
import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.history.Audit;
import dev.hikkoshi.environments.record.JournalEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code hikkoshi verify} says of all moves of an environment together. */
public final class Journals {

  private Journals() {}

  /** Every move that is kept, one after the other, held against the rules. */
  public static Audit audit(Path kubeconfig, String environment) {
    try (Management management = Management.connect(Optional.of(kubeconfig), Optional.empty())) {
      StatusReader reader = new StatusReader(management);
      List<JournalEntry> all = new ArrayList<>();
      for (MoveSeen move : reader.moves(environment)) {
        all.addAll(reader.journal(move.id()).orElse(List.of()));
      }
      return Audit.of(all);
    }
  }
}
