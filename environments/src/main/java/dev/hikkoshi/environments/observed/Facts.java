package dev.hikkoshi.environments.observed;

import java.util.List;
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

  /** Names of the facts that differ between clusters of one environment. */
  public static final List<String> PER_CLUSTER = List.of("clusterName", "kubernetesVersion");

  /** The facts that are the same for every cluster of an environment, as state values. */
  public static Map<String, Object> shared(String environment, String region, String account) {
    return new TreeMap<>(
        Map.of("environmentName", environment, "region", region, "account", account));
  }

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
