package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;

/**
 * Something a release does outside.
 *
 * @param what in words that are the same in each cluster that does the same
 * @param claim only one may have it, so it matters when somebody else has it too
 */
record Effect(EffectKind kind, ReleaseId release, Manifest object, String what, boolean claim) {

  /** What two clusters must not both have. */
  String identity() {
    return kind + " " + what;
  }
}
