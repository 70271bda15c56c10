package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import java.util.Set;

/** A person's word on effects outside the cluster (rule 0). */
public sealed interface Outside {

  As as();

  String reason();

  /** Whatever the word can settle of what a release does outside. */
  record OfRelease(ReleaseId release, As as, String reason) implements Outside {}

  /** One object, as {@code apiVersion/Kind/namespace/name}. */
  record OfObject(String path, As as, String reason) implements Outside {

    /** The object's kind, the second part of its path but for those of a group. */
    public String kind() {
      String[] parts = path.split("/", -1);
      return parts[1].isEmpty() || Character.isUpperCase(parts[1].charAt(0)) ? parts[1] : parts[2];
    }
  }

  /** The classes. */
  enum As {
    SHARED("shared"),
    PER_CLUSTER("per-cluster"),
    SERVING_ONLY("serving-only"),
    HARMLESS("harmless"),
    DISPOSABLE("disposable"),
    EXTERNAL("external"),
    MIGRATED_BY("migrated-by");

    private final String word;

    As(String word) {
      this.word = word;
    }

    /** As it is written in {@code environment.yaml}. */
    public String word() {
      return word;
    }
  }

  /** Kinds that hold data and do nothing else. */
  Set<String> VOLUMES = Set.of("PersistentVolumeClaim", "PersistentVolume");

  /** Kinds that work and hold nothing. */
  Set<String> WORK =
      Set.of("CronJob", "Job", "Deployment", "ReplicaSet", "ScaledObject", "ScaledJob");

  /** Whether a word can be true of objects of a kind. */
  static boolean sensible(String kind, As as) {
    return switch (as) {
      case SERVING_ONLY -> ServingOnly.KINDS.contains(kind);
      case DISPOSABLE, EXTERNAL, MIGRATED_BY -> !WORK.contains(kind);
      case SHARED, PER_CLUSTER, HARMLESS -> !VOLUMES.contains(kind);
    };
  }
}
