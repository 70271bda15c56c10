package dev.hikkoshi.controller.engine;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass.Report;

/** Where people see how an environment is. Losing a status loses nothing that a pass needs. */
public interface StatusSink {

  /**
   * Shows the end of a pass.
   *
   * @throws RuntimeException when it could not be shown; the next turn shows it
   */
  void show(Wish wish, Report report, Turn turn);
}
