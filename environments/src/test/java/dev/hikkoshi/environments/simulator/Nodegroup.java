package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node group of a cluster: when its nodes are ready, its bounds, and when it is gone. */
final class Nodegroup {

  /** The bounds of whoever says nothing of them. */
  static final int MIN = 2;

  static final int MAX = 6;

  final Instant activeAt;
  Optional<Instant> goneAt = Optional.empty();

  private int min;
  private int max;

  /** What is wrong with it, in EKS's words; nothing where all is well. */
  private Optional<Trouble> trouble = Optional.empty();

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

  /** A state that EKS tells, and why it is in it. */
  record Trouble(String status, String issue) {}

  void is(Trouble what) {
    trouble = Optional.of(what);
  }

  List<String> issues() {
    return trouble.map(Trouble::issue).stream().toList();
  }

  /** As the API has it, one that could not grow takes other bounds all the same. */
  boolean takesBounds(Timeline time) {
    return Set.of("ACTIVE", "DEGRADED").contains(status(time));
  }

  /** In EKS's words. */
  String status(Timeline time) {
    if (goneAt.isPresent()) {
      return "DELETING";
    }
    if (trouble.isPresent()) {
      return trouble.get().status();
    }
    if (!time.past(activeAt)) {
      return "CREATING";
    }
    return time.past(updatedAt) ? "ACTIVE" : "UPDATING";
  }
}
