package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Step;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a line of the journal says to a program. The journal of a move is its history: from these
 * facts alone {@code history.Audit} tells whether the rules were held, in the simulator, in the
 * sandbox and in production.
 */
public sealed interface Fact {

  /**
   * A move begins.
   *
   * @param from home; empty for the first move
   */
  record Began(Optional<String> from, String to, List<Step> steps) implements Fact {

    public Began {
      steps = List.copyOf(steps);
    }
  }

  /** A phase begins; its word is one of {@link MovePhase#word()}. */
  record Phase(String word) implements Fact {}

  /** A route kept this share for as long as it should, with every check content. */
  record Judged(String route, int percent) implements Fact {}

  /**
   * A write, and how it ended as far as is known.
   *
   * @param intent id of the intent that was saved before it
   * @param key what it is about, as {@code plan.Action} says it
   * @param weights what a write of traffic replaces, and by what; empty for other writes
   */
  record Effect(String intent, String key, Ending ending, Optional<Weights> weights)
      implements Fact {}

  /** Weights that are the known ones from now on although no write of ours said so just now. */
  record Known(Weights weights) implements Fact {}

  /** An older write of ours was met, late or in a stale answer: it is nobody else's. */
  record Met(Weights weights) implements Fact {}

  /**
   * The retirement of a cluster begins: nothing names it, by the look of this very pass.
   *
   * @param decommissioned a person took it off its routes, and the environment ends
   */
  record Retires(String cluster, boolean decommissioned) implements Fact {}

  /** Something is held. */
  record Held(Hold.Reason reason, String subject) implements Fact {}

  /** A person lifted what held. */
  record Resumed() implements Fact {}

  /** What may be done from now on. */
  record InMode(Mode mode) implements Fact {}

  /** How a write ended. */
  enum Ending {
    DONE,
    REFUSED,
    THROTTLED,
    /** Nothing was written: what was there was not what was expected. */
    CHANGED,
    /** No clear answer: done, done later, or never. */
    UNCLEAR,
    /** The process ended before the answer was remembered: as unclear. */
    INTERRUPTED;

    /** Whether it may have happened, now or later. */
    public boolean may() {
      return this == DONE || this == UNCLEAR || this == INTERRUPTED;
    }
  }

  /** All sides of a route by their weights, before and after. */
  record Weights(
      String route, SortedMap<String, Integer> before, SortedMap<String, Integer> after) {

    public Weights {
      before = Sorted.copyOf(before);
      after = Sorted.copyOf(after);
    }

    public static Weights of(String route, Sides before, Sides after) {
      return new Weights(route, of(before), of(after));
    }

    private static SortedMap<String, Integer> of(Sides sides) {
      SortedMap<String, Integer> weights = new TreeMap<>();
      sides.of().forEach((name, side) -> weights.put(name, side.weight()));
      return weights;
    }
  }
}
