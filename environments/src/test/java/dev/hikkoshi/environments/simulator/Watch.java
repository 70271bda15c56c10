package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.simulator.World.Cluster;

/** What looks on while traffic is written; the rules of a move where one is simulated. */
interface Watch {

  /** An effect begins whose intent has this key. */
  void intended(String key);

  /** Weights were written; {@code foreign} when those before were somebody else's. */
  void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign);

  /** Something of a cluster is about to go. */
  void destroying(Cluster cluster, String what);

  /** Nobody looks on. */
  static Watch nobody() {
    return new Watch() {
      @Override
      public void intended(String key) {}

      @Override
      public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {}

      @Override
      public void destroying(Cluster cluster, String what) {}
    };
  }
}
