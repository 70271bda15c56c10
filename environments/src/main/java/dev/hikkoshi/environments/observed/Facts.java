package dev.hikkoshi.environments.observed;

import java.util.Map;
import java.util.TreeMap;

/**
 * Facts of a cluster that do not change in its life. Templates of values files reach them as
 * helmfile state values ({@code .Values.clusterName}, …); they are never merged into release
 * values.
 */
public record Facts(
    String environment,
    String clusterName,
    String kubernetesVersion,
    String region,
    String account) {

  /** The facts as state values, by the names that templates use. */
  public Map<String, Object> asValues() {
    return new TreeMap<>(
        Map.of(
            "environmentName", environment,
            "clusterName", clusterName,
            "kubernetesVersion", kubernetesVersion,
            "region", region,
            "account", account));
  }
}
