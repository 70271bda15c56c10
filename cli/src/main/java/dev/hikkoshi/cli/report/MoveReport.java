package dev.hikkoshi.cli.report;

import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.history.Audit;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.view.Ages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that the journal knows of one move, in the order in which it happened.
 *
 * @param entries the whole journal of the move, oldest first
 */
public record MoveReport(String environment, MoveSeen move, List<JournalEntry> entries) {

  /** What the journal calls the time before the first phase is told. */
  private static final String BEGINNING = "building";

  public MoveReport {
    entries = List.copyOf(entries);
  }

  /**
   * A phase with what happened in it.
   *
   * @param until when the next began, or the last entry of a phase that goes on
   */
  public record Phase(String name, Instant since, Instant until, List<JournalEntry> entries) {

    public Phase {
      entries = List.copyOf(entries);
    }

    /** In words. */
    public String lasted() {
      return Ages.text(Duration.between(since, until));
    }
  }

  /** The phases in order; one that was entered twice is there twice. */
  public List<Phase> phases() {
    List<Phase> phases = new ArrayList<>();
    String name = BEGINNING;
    Instant since = move.startedAt();
    List<JournalEntry> within = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry.phase().isPresent() && !within.isEmpty()) {
        phases.add(new Phase(name, since, entry.at(), within));
        within.clear();
        since = entry.at();
      }
      name = entry.phase().orElse(name);
      within.add(entry);
    }
    if (!within.isEmpty()) {
      phases.add(new Phase(name, since, ended(), within));
    }
    return phases;
  }

  /** The facts above the timeline, in order: what → value. */
  public List<List<String>> facts() {
    return List.of(
        List.of("environment", environment),
        List.of("from", move.from().isEmpty() ? "no cluster" : move.from()),
        List.of("to", move.to()),
        List.of("phase", move.phase()),
        List.of("began", seconds(move.startedAt())),
        List.of(
            "last entry",
            "%s, %s later"
                .formatted(
                    seconds(ended()), Ages.text(Duration.between(move.startedAt(), ended())))),
        List.of("writes", writes() + ", each with its request id below"),
        List.of("people", people().isEmpty() ? "nobody stepped in" : people()),
        List.of("rules", audit().summary()));
  }

  /** The journal held against the rules. */
  public Audit audit() {
    return Audit.of(entries);
  }

  private Instant ended() {
    return entries.isEmpty() ? move.startedAt() : entries.getLast().at();
  }

  private long writes() {
    return entries.stream().filter(e -> !e.requestId().isEmpty()).count();
  }

  private String people() {
    SortedMap<String, Long> counts =
        entries.stream()
            .filter(e -> !e.author().equals(JournalEntry.HIKKOSHI))
            .collect(
                Collectors.groupingBy(JournalEntry::author, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " (" + e.getValue() + " times)")
        .collect(Collectors.joining(", "));
  }

  /** Time since the move began, as {@code h:mm:ss}. */
  String after(JournalEntry entry) {
    Duration d = Duration.between(move.startedAt(), entry.at());
    return "%d:%02d:%02d".formatted(d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }

  static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
