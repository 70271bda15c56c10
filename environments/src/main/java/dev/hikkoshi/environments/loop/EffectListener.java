package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.Intent;

/**
 * Told of every effect right after it, for logs and metrics. It decides nothing and never throws.
 */
@FunctionalInterface
public interface EffectListener {

  /**
   * An effect ended.
   *
   * @param intent as it was saved before; its id names move and action
   */
  void ended(Intent intent, Action action, Outcome outcome);
}
