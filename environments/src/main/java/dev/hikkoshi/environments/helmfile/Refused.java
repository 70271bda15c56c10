package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * helmfile's keys that are not read, each with the reason, and those that change nothing here. A
 * refused key that asks for nothing (false, empty) is let pass. The lists are those of helmfile
 * 1.8.
 */
final class Refused {

  private static final String TILLER = "Helm has no Tiller since its version 3";
  private static final String EXECUTES = "nothing of a repository is executed";
  private static final String VALUES = "values come from the repository alone";
  private static final String WHOLE = "a release is applied as a whole, by server-side apply";
  private static final String KUSTOMIZE = "charts are applied as they are, without kustomize";
  private static final String FLAGS = "there is no helm command line that flags could go to";
  private static final String TRACKING = "readiness of every release is watched anyway";
  private static final String DELETING = "an uninstall is looked after until its objects are gone";
  private static final String SIGNATURES = "provenance files are not checked";
  private static final String OFFLINE = "a chart asks no name server, as without --enable-dns";

  private static final String TRACKED =
      "trackMode trackTimeout trackLogs trackFailedLogs trackKinds skipKinds trackResources"
          + " trackFailOnError kubedogQPS kubedogBurst helmStuckGrace";

  /** Keys of the state's top. */
  static final Table TOP =
      new Table(keys(EXECUTES, "helmBinary kustomizeBinary llm hooks"), Set.of());

  /** Keys of {@code helmDefaults}. */
  static final Table DEFAULTS =
      new Table(
          keys(
              TILLER,
              "tillerless tillerNamespace",
              EXECUTES,
              "postRenderer postRendererArgs",
              VALUES,
              "reuseValues",
              WHOLE,
              "force recreatePods takeOwnership forceConflicts disableOpenAPIValidation",
              FLAGS,
              "args syncArgs templateArgs",
              DELETING,
              "deleteWait deleteTimeout cascade",
              SIGNATURES,
              "verify keyring",
              OFFLINE,
              "enableDNS",
              "labels of the helmfile are no labels of Helm's record",
              "syncReleaseLabels",
              TRACKING,
              "trackMode helmStuckGrace"),
          Set.of(
              "waitRetries",
              "skipDeps",
              "skipRefresh",
              "resolveOCIVersions",
              "diffArgs",
              "disableValidation",
              "suppressOutputLineRegex",
              "disableAutoDetectedKubeVersionForDiff"));

  /** Keys of a release and of a template of releases. */
  static final Table RELEASE =
      new Table(
          keys(
              TILLER,
              "tillerless tillerNamespace",
              EXECUTES,
              "hooks postRenderer postRendererArgs",
              VALUES,
              "reuseValues env",
              WHOLE,
              "force recreatePods takeOwnership forceConflicts disableOpenAPIValidation adopt"
                  + " updateStrategy",
              KUSTOMIZE,
              "dependencies jsonPatches strategicMergePatches transformers forceNamespace directory"
                  + " chartPath",
              DELETING,
              "deleteWait deleteTimeout cascade",
              SIGNATURES,
              "verify verifyTemplate keyring",
              OFFLINE,
              "enableDNS",
              "labels of the helmfile are no labels of Helm's record",
              "syncReleaseLabels",
              "charts come from folders, chart repositories and registries",
              "forceGoGetter",
              TRACKING,
              TRACKED),
          Set.of(
              "waitRetries",
              "skipDeps",
              "skipRefresh",
              "resolveOCIVersions",
              "unitTests",
              "suppressDiff",
              "disableValidation",
              "disableValidationOnInstall",
              "suppressOutputLineRegex",
              "disableAutoDetectedKubeVersionForDiff"));

  private Refused() {}

  /**
   * One map's keys.
   *
   * @param reasons why each of these is refused
   * @param idle keys that only change what helmfile shows or fetches, and nothing in a cluster
   */
  record Table(SortedMap<String, String> reasons, Set<String> idle) {

    void apply(Fields fields) {
      reasons.forEach((key, why) -> fields.refuse(key, why, Zero::is));
      fields.ignore(idle);
    }

    /** What {@link #apply} would make a problem of, for whoever knows later whether it is one. */
    List<Key> found(Fields fields) {
      fields.ignore(idle);
      List<Key> found = new ArrayList<>();
      reasons.forEach(
          (key, why) ->
              fields
                  .refusable(key, Zero::is)
                  .ifPresent(place -> found.add(new Key(place, key, why))));
      return found;
    }
  }

  /** A refused key that asks for something. */
  record Key(Place place, String key, String why) {

    void tell(Problems problems) {
      problems.add(place, "refused: " + key, why);
    }
  }

  /** Pairs of a reason and the keys it is for. */
  private static SortedMap<String, String> keys(String... reasonsAndKeys) {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < reasonsAndKeys.length; i += 2) {
      for (String key : reasonsAndKeys[i + 1].split(" ", -1)) {
        if (keys.put(key, reasonsAndKeys[i]) != null) {
          throw new IllegalStateException("refused twice: " + key);
        }
      }
    }
    return new TreeMap<>(keys);
  }
}
