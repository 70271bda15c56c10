package dev.hikkoshi.clusters.eks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which names belong to somebody else's clusters, for a minute. EKS lists names only and can not be
 * asked for a tag, so every environment would describe every cluster of the region at each look. An
 * environment's own clusters are never remembered here: they are described each time. A cluster
 * that is tagged by hand as an environment's is so seen up to a minute late.
 */
final class Strangers {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Known(Optional<String> owner, Instant at) {}

  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Strangers(InstantSource clock) {
    this.clock = clock;
  }

  /** A cluster was described. */
  void met(String name, Optional<String> owner) {
    known.put(name, new Known(owner, clock.instant()));
  }

  /** Whether a cluster of that name was somebody else's within the last minute. */
  boolean other(String name, Set<String> owners) {
    Known one = known.get(name);
    return one != null
        && one.owner().filter(owners::contains).isEmpty()
        && clock.instant().isBefore(one.at().plus(KEPT));
  }

  /** The name is ours to use, or its cluster was not there. */
  void forget(String name) {
    known.remove(name);
  }
}
