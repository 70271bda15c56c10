package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import java.time.Instant;

/** A route as AWS holds it: who has which share, who wrote it last, and what was shown of it. */
abstract sealed class Route permits DnsRoute, AlbRoute {

  /** Which shares users saw, and from when on. */
  final ShareHistory history = new ShareHistory();

  /** When it was last written. */
  Instant writtenAt = Instant.MIN;

  /** What is there is, at least in part, as a stranger wrote it. */
  boolean foreign;

  /** What was shown last is not what is there. */
  boolean stale;

  /** When shares were last measured with an answer. */
  Instant sampled = Instant.MIN;

  /** All sides, with their weights. */
  abstract Sides sides();

  /** What was shown last is older than what a stranger wrote since: nobody can know of that. */
  boolean deceived() {
    return stale && foreign;
  }
}
