package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.Optional;

/** A release that Helm deployed in a cluster. */
record Release(int revision, String hash, Instant healthyAt, Optional<Instant> driftSince) {

  /** When Helm wrote what is there. */
  static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

  /** The hash of one that helm wrote before anybody adopted it. */
  static final String THEIRS = "theirs";

  boolean ours() {
    return !hash.equals(THEIRS);
  }

  /** The same, as it was synced. */
  Release inStep() {
    return new Release(revision, hash, healthyAt, Optional.empty());
  }
}
