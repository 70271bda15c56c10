package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.Outcome;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one way from the core into the world. Nothing passes unless this process leads and the mode
 * is {@code act} at this very moment, whatever it was when the plan was made.
 */
final class Gate {

  private final Effects effects;
  private final BooleanSupplier leads;
  private final Supplier<Mode> mode;

  Gate(Effects effects, BooleanSupplier leads, Supplier<Mode> mode) {
    this.effects = effects;
    this.leads = leads;
    this.mode = mode;
  }

  /** Whether an effect may begin. */
  boolean open() {
    return leads.getAsBoolean()
        && switch (mode.get()) {
          case ACT -> true;
          case OBSERVE, PLAN -> false;
        };
  }

  /** Does the action; empty, and nothing done, when the gate has closed meanwhile. */
  Optional<Outcome> perform(Action action) {
    return open() ? Optional.of(effects.perform(action)) : Optional.empty();
  }
}
