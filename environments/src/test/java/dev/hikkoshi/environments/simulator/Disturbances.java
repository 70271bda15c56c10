package dev.hikkoshi.environments.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Everything that disturbs a run, numbered in the order in which it was drawn: faults, commits,
 * people and illnesses. One that is spared is drawn all the same and then does not take place, so
 * that those after it stay what they are as far as the world lets them.
 */
final class Disturbances {

  private final IntPredicate takesPlace;
  private final List<Disturbance> met = new ArrayList<>();
  private int number;

  private Disturbances(IntPredicate takesPlace) {
    this.takesPlace = takesPlace;
  }

  /** One that took place. */
  record Disturbance(int number, String what) {}

  /** All that the seed draws. */
  static Disturbances all() {
    return new Disturbances(_ -> true);
  }

  /** Of all that the seed draws, only those. */
  static Disturbances only(Set<Integer> numbers) {
    Set<Integer> kept = Set.copyOf(numbers);
    return new Disturbances(kept::contains);
  }

  /** One was drawn; answers whether it takes place. */
  boolean strikes(String what) {
    number++;
    boolean strikes = takesPlace.test(number);
    if (strikes) {
      met.add(new Disturbance(number, what));
    }
    return strikes;
  }

  /** Those that took place, in order. */
  List<Disturbance> met() {
    return List.copyOf(met);
  }
}
