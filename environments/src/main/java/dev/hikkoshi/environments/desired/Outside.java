package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.observed.ReleaseId;

/** A person's word on effects outside the cluster (rule 0). */
public sealed interface Outside {

  As as();

  String reason();

  /** Everything that a release does outside. */
  record OfRelease(ReleaseId release, As as, String reason) implements Outside {}

  /** One object, as {@code apiVersion/Kind/namespace/name}. */
  record OfObject(String path, As as, String reason) implements Outside {}

  /** The classes. */
  enum As {
    SHARED,
    PER_CLUSTER,
    SERVING_ONLY,
    HARMLESS,
    DISPOSABLE,
    EXTERNAL,
    MIGRATED_BY
  }
}
