package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.Optional;

/** A node group of a cluster: when its nodes are ready, and when they are gone. */
final class Nodegroup {

  final Instant activeAt;
  Optional<Instant> goneAt = Optional.empty();

  Nodegroup(Instant activeAt) {
    this.activeAt = activeAt;
  }
}
