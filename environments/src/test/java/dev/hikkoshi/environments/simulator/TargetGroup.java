package dev.hikkoshi.environments.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A target group that pods of a cluster are in, and since when it is probed. */
final class TargetGroup {

  /** One that is on a rule shows its targets' health after this. */
  static final Duration PROBES = Duration.ofSeconds(12);

  final String arn;
  final String cluster;
  boolean ours;
  Optional<Instant> probedSince = Optional.empty();

  TargetGroup(String arn, String cluster, boolean ours) {
    this.arn = arn;
    this.cluster = cluster;
    this.ours = ours;
  }
}
