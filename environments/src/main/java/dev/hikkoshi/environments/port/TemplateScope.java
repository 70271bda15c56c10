package dev.hikkoshi.environments.port;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the templates of one helmfile see, apart from the release and the cluster. One instance is
 * shared by all releases of a file.
 *
 * @param environment helmfile's, {@code .Environment.Name}
 * @param environmentContext {@code .Environment.KubeContext}; empty when it names none
 * @param environmentValues {@code .Environment.Values}: without the file's own defaults
 * @param values {@code .Values} and {@code .StateValues}; to it come the facts of the cluster
 * @param namespace the file's override of all namespaces, {@code .Namespace}; empty when it has
 *     none
 * @param chart the file's override of all charts, {@code .Chart}; empty when it has none
 * @param context the file's override of all contexts, {@code .KubeContext}; empty when it has none
 * @param env the variables that {@code env} and {@code requiredEnv} may see
 */
public record TemplateScope(
    String environment,
    String environmentContext,
    Map<String, Object> environmentValues,
    Map<String, Object> values,
    String namespace,
    String chart,
    String context,
    Map<String, String> env) {

  /** Nothing is known: for releases without templates. */
  public static final TemplateScope EMPTY =
      new TemplateScope("default", "", Map.of(), Map.of(), "", "", "", Map.of());

  public TemplateScope {
    // Values may be null, which Map.copyOf refuses.
    environmentValues = Collections.unmodifiableMap(new LinkedHashMap<>(environmentValues));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    env = Map.copyOf(env);
  }
}
