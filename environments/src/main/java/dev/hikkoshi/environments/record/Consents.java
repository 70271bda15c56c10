package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people allowed one move, and no other.
 *
 * @param steps by percent the approval of that step
 * @param skips by name the checks of this move that are switched off
 */
public record Consents(SortedMap<Integer, Approval> steps, SortedMap<String, Skip> skips) {

  /** A person wants that step taken. */
  public record Approval(String author, String reason, Instant at) {}

  /**
   * A person does not want that check asked.
   *
   * @param until from then on it is asked again
   */
  public record Skip(String author, String reason, Instant at, Optional<Instant> until) {

    /** Whether it is switched off at this moment. */
    public boolean holds(Instant now) {
      return until.map(now::isBefore).orElse(true);
    }

    /** Who switched it off and why, for people. */
    public String sentence() {
      return "skipped by %s%s: %s"
          .formatted(author, until.map(t -> " until " + t).orElse(""), reason);
    }
  }

  public Consents {
    steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
    skips = Collections.unmodifiableSortedMap(new TreeMap<>(skips));
  }

  static Consents none() {
    return new Consents(new TreeMap<>(), new TreeMap<>());
  }

  Consents with(int percent, Approval approval) {
    SortedMap<Integer, Approval> next = new TreeMap<>(steps);
    next.put(percent, approval);
    return new Consents(next, skips);
  }

  Consents with(String check, Skip skip) {
    SortedMap<String, Skip> next = new TreeMap<>(skips);
    next.put(check, skip);
    return new Consents(steps, next);
  }
}
