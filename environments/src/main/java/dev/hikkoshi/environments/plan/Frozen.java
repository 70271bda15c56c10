package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed;
import java.time.Instant;
import java.util.Optional;

/**
 * Rule 16: the one freeze over everything that a controller manages. While it lasts nothing starts:
 * no move, no cluster, no step, no deletion. Releases are synced on, and traffic may go home.
 */
public final class Frozen {

  private static final String STOPS = "no move, no cluster and no step begins";

  private Frozen() {}

  /** Why nothing starts; empty where something may. */
  public static Optional<String> why(Observed observed, Instant now) {
    return switch (observed.freeze()) {
      case Unknown<Optional<Freeze>>(_, String why) ->
          Optional.of("it is not known whether everything is frozen: " + why);
      case Known<Optional<Freeze>>(Optional<Freeze> freeze) ->
          freeze.filter(f -> f.holds(now)).map(Freeze::sentence);
    };
  }

  /** Says so once for the whole pass, and remembers who said what. */
  static void note(Draft d) {
    d.frozen.ifPresent(why -> d.await(wait(d, why + "; " + STOPS)));
    d.observed
        .freeze()
        .known()
        .flatMap(seen -> seen.or(() -> gone(d)))
        .filter(seen -> d.record.freeze().map(last -> !last.equals(seen)).orElse(seen.on()))
        .ifPresent(seen -> d.record = d.record.heard(seen, d.now));
  }

  /** What is kept after a thaw too was deleted while it froze. */
  private static Optional<Freeze> gone(Draft d) {
    return d.record
        .freeze()
        .filter(Freeze::on)
        .map(_ -> new Freeze(false, "somebody", "the freeze was deleted", d.now, Optional.empty()));
  }

  private static Wait wait(Draft d, String sentence) {
    String subject = d.desired.environment();
    Observation<Optional<Freeze>> seen = d.observed.freeze();
    if (seen instanceof Unknown) {
      return Wait.of(Wait.Kind.UNKNOWN, subject, sentence);
    }
    Optional<Instant> until = seen.known().flatMap(f -> f).flatMap(Freeze::until);
    return new Wait(Wait.Kind.FROZEN, subject, sentence, until);
  }
}
