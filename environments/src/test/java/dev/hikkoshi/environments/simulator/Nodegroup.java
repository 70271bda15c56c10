package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.Optional;

/** A node group of a cluster: when its nodes are ready, its bounds, and when it is gone. */
final class Nodegroup {

  /** The bounds of whoever says nothing of them. */
  static final int MIN = 2;

  static final int MAX = 6;

  final Instant activeAt;
  Optional<Instant> goneAt = Optional.empty();

  private int min;
  private int max;

  /** Until when EKS is at work on its bounds; its nodes run all the while. */
  private Instant updatedAt = Instant.EPOCH;

  Nodegroup(Instant activeAt, int min, int max) {
    this.activeAt = activeAt;
    this.min = min;
    this.max = max;
  }

  Nodegroup(Instant activeAt) {
    this(activeAt, MIN, MAX);
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }

  void scale(int least, int most, Instant until) {
    min = least;
    max = most;
    updatedAt = until;
  }

  /** In EKS's words. */
  String status(Timeline time) {
    if (goneAt.isPresent()) {
      return "DELETING";
    }
    if (!time.past(activeAt)) {
      return "CREATING";
    }
    return time.past(updatedAt) ? "ACTIVE" : "UPDATING";
  }
}
