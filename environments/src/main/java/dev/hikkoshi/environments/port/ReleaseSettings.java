package dev.hikkoshi.environments.port;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a release is installed and upgraded, as far as helmfile has a say: each field is helmfile's
 * of the same name ({@code releases[]}, else {@code helmDefaults}, else helmfile's own default).
 *
 * @param awaitReady {@code wait}: until the release is ready before it counts as deployed
 * @param waitForJobs and until its Jobs are complete; only together with {@code wait}
 * @param timeout of hooks and waiting; helmfile writes seconds
 * @param atomic back to the last deployed revision when it fails ({@code atomic} or {@code
 *     rollbackOnFailure})
 * @param cleanupOnFail what a failed upgrade created newly is deleted
 * @param historyMax revisions kept; 0 keeps all
 * @param skipCrds the chart's {@code crds/} folder is not applied
 * @param skipSchemaValidation values are not checked against the chart's schema
 * @param description written into the revision's record instead of Helm's own sentence
 */
public record ReleaseSettings(
    boolean createNamespace,
    boolean awaitReady,
    boolean waitForJobs,
    Duration timeout,
    boolean atomic,
    boolean cleanupOnFail,
    int historyMax,
    boolean skipCrds,
    boolean skipSchemaValidation,
    Optional<String> description) {

  /** What helmfile and Helm do when nothing is said: no waiting, 300 s, ten revisions. */
  public static final ReleaseSettings HELMFILE =
      new ReleaseSettings(
          true,
          false,
          false,
          Duration.ofSeconds(300),
          false,
          false,
          10,
          false,
          false,
          Optional.empty());

  public ReleaseSettings {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(description, "description");
    if (timeout.isNegative() || timeout.isZero() || historyMax < 0) {
      throw new IllegalArgumentException("timeout " + timeout + ", historyMax " + historyMax);
    }
  }

  public ReleaseSettings withAwaitReady(boolean other) {
    return new ReleaseSettings(
        createNamespace,
        other,
        waitForJobs,
        timeout,
        atomic,
        cleanupOnFail,
        historyMax,
        skipCrds,
        skipSchemaValidation,
        description);
  }

  public ReleaseSettings withHistoryMax(int other) {
    return new ReleaseSettings(
        createNamespace,
        awaitReady,
        waitForJobs,
        timeout,
        atomic,
        cleanupOnFail,
        other,
        skipCrds,
        skipSchemaValidation,
        description);
  }
}
