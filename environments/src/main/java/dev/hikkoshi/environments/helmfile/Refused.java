package dev.hikkoshi.environments.helmfile;

import java.util.SortedMap;
import java.util.TreeMap;

/** helmfile's keys that are not read, each with the reason. The list is that of helmfile v1. */
final class Refused {

  private static final String CONTEXT = "Hikkoshi chooses the cluster";
  private static final String EXECUTES = "nothing of a repository is executed";
  private static final String WHOLE = "a release is applied as a whole, by server-side apply";
  private static final String REMOTE = "charts are folders of the repository for now";
  private static final String TEMPLATES = "helmfiles with templates";
  private static final String READY = "readiness is watched for every release";
  private static final String KUSTOMIZE = "kustomize";
  private static final String VERSIONS = "charts are rendered for what each cluster really has";

  static final SortedMap<String, String> TOP_NOT_YET =
      keys(
          REMOTE,
          "repositories lockFilePath",
          TEMPLATES,
          "templates defaultInherit",
          "a file that is missing is an error",
          "missingFileHandler missingFileHandlerConfig",
          "hooks",
          "hooks");
  static final SortedMap<String, String> TOP =
      keys(
          CONTEXT,
          "kubeContext",
          EXECUTES,
          "helmBinary kustomizeBinary llm",
          VERSIONS,
          "apiVersions kubeVersion",
          "say it at each release",
          "namespace chart");

  static final SortedMap<String, String> DEFAULTS_NOT_YET =
      keys(
          READY,
          "waitForJobs deleteWait deleteTimeout cascade",
          "a failed release stays for a person to look at",
          "atomic cleanupOnFail rollbackOnFailure",
          REMOTE,
          "verify keyring devel skipDeps skipRefresh plainHttp insecureSkipTLSVerify",
          "CRDs of a chart are applied first",
          "skipCRDs",
          "values are checked against a chart's schema",
          "skipSchemaValidation",
          WHOLE,
          "serverSide forceConflicts takeOwnership");
  static final SortedMap<String, String> DEFAULTS =
      keys(
          CONTEXT,
          "kubeContext tillerless tillerNamespace",
          EXECUTES,
          "postRenderer postRendererArgs",
          "values come from the repository alone",
          "reuseValues",
          WHOLE,
          "force recreatePods",
          "there is no command line",
          "args diffArgs syncArgs templateArgs suppressDiff"
              + " suppressOutputLineRegex trackMode trackTimeout trackLogs");

  static final SortedMap<String, String> RELEASE_NOT_YET =
      keys(
          READY,
          "waitForJobs deleteWait deleteTimeout cascade",
          "a failed release stays for a person to look at",
          "atomic cleanupOnFail rollbackOnFailure",
          "write installed: true or false",
          "condition installedTemplate",
          "write them into values",
          "set setString setTemplate valuesTemplate valuesPathPrefix secrets",
          TEMPLATES,
          "inherit",
          "a file that is missing is an error",
          "missingFileHandler missingFileHandlerConfig",
          "hooks",
          "hooks",
          REMOTE,
          "verify keyring devel skipDeps skipRefresh dependencies forceGoGetter plainHttp"
              + " insecureSkipTLSVerify",
          "CRDs of a chart are applied first",
          "skipCRDs",
          "values are checked against a chart's schema",
          "skipSchemaValidation disableValidation disableValidationOnInstall"
              + " disableOpenAPIValidation",
          KUSTOMIZE,
          "jsonPatches strategicMergePatches transformers namespaceTransformer",
          WHOLE,
          "serverSide forceConflicts takeOwnership adopt updateStrategy forceNamespace",
          "release notes of a person",
          "description");
  static final SortedMap<String, String> RELEASE =
      keys(
          CONTEXT,
          "kubeContext tillerless tillerNamespace",
          EXECUTES,
          "postRenderer postRendererArgs unitTests unittests",
          "values come from the repository alone",
          "reuseValues env",
          VERSIONS,
          "apiVersions kubeVersion",
          WHOLE,
          "force recreatePods",
          "there is no command line",
          "diffArgs syncArgs templateArgs suppressDiff"
              + " suppressOutputLineRegex trackMode trackTimeout trackLogs hideOutput");

  private Refused() {}

  /** Pairs of a reason and the keys it is for. */
  private static SortedMap<String, String> keys(String... reasonsAndKeys) {
    SortedMap<String, String> keys = new TreeMap<>();
    for (int i = 0; i < reasonsAndKeys.length; i += 2) {
      for (String key : reasonsAndKeys[i + 1].split(" ", -1)) {
        if (keys.put(key, reasonsAndKeys[i]) != null) {
          throw new IllegalStateException("refused twice: " + key);
        }
      }
    }
    return keys;
  }
}
