package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

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
    steps = Sorted.copyOf(steps);
    skips = Sorted.copyOf(skips);
  }

  static Consents none() {
    return new Consents(Sorted.empty(), Sorted.empty());
  }

  Consents with(int percent, Approval approval) {
    return new Consents(Sorted.with(steps, percent, approval), skips);
  }

  Consents with(String check, Skip skip) {
    return new Consents(steps, Sorted.with(skips, check, skip));
  }
}
