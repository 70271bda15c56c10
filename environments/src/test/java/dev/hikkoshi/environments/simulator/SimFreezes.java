package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.FreezeGateway;
import java.util.Optional;

/** The management cluster's word on the freeze, which it may not answer. */
record SimFreezes(World world) implements FreezeGateway {

  @Override
  public Observation<Optional<Freeze>> freeze() {
    return world.freezeUnread
        ? Observation.unknown("freeze", "the answer was cut")
        : Observation.known(world.freeze);
  }
}
