package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;

/**
 * What looks on while something is written; the rules of a move where one is simulated. Each looks
 * at what it has a rule about.
 */
interface Watch {

  /** An effect begins whose intent has this key. */
  default void intended(String key) {}

  /** Weights were written; {@code foreign} when those before were somebody else's. */
  default void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {}

  /** Something of a cluster is about to go. */
  default void destroying(Cluster cluster, String what) {}

  /** All records or all rules are gone through for what points at clusters that may go. */
  default void searched() {}

  /** Nobody looks on. */
  static Watch nobody() {
    return new Watch() {};
  }
}
