package dev.hikkoshi.environments.history;

import dev.hikkoshi.environments.record.JournalEntry;

/**
 * A rule that a line of the journal breaks.
 *
 * @param rule its number in {@code docs/rules.md}
 * @param sentence what should not have been
 */
public record Breach(int rule, String sentence, JournalEntry entry) {

  @Override
  public String toString() {
    return "rule %d at %s: %s (%s)".formatted(rule, entry.at(), sentence, entry.text());
  }
}
