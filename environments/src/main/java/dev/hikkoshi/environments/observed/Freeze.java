package dev.hikkoshi.environments.observed;

import java.time.Instant;
import java.util.Optional;

/**
 * The last word of a person on everything that one controller manages: nothing starts anywhere, or
 * it may again.
 *
 * @param on whether it froze; false once somebody thawed
 * @param author who said so last
 * @param reason why
 * @param at when, as the machine of the author says
 * @param until when it ends by itself; only where it froze and a time was given
 */
public record Freeze(
    boolean on, String author, String reason, Instant at, Optional<Instant> until) {

  /** Whether nothing may start at this moment. */
  public boolean holds(Instant now) {
    return on && until.map(now::isBefore).orElse(true);
  }

  /** Who froze and why, for people. */
  public String sentence() {
    return "frozen by %s%s: %s".formatted(author, until.map(t -> " until " + t).orElse(""), reason);
  }
}
