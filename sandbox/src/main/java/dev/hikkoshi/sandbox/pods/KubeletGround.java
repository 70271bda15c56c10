package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.Events;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the pods of a cluster share.
 *
 * @param pace how much shorter than written probes' periods and back-offs are, 1 for not at all
 */
record KubeletGround(
    ClusterAccess cluster,
    Vertx vertx,
    InstantSource clock,
    Events events,
    Images images,
    Prober prober,
    Addresses addresses,
    PodApi api,
    Configuration configuration,
    double pace) {

  private static final Duration SHORTEST = Duration.ofMillis(200);

  /** A time as it passes here. */
  Duration paced(Duration written) {
    Duration here = Duration.ofMillis((long) (written.toMillis() * pace));
    return here.compareTo(SHORTEST) < 0 ? SHORTEST : here;
  }
}
