package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A release to render.
 *
 * @param chart its chart
 * @param values weakest first
 * @param release what {@code .Release} says
 * @param kubeVersion such as {@code v1.37.2}, what {@code .Capabilities.KubeVersion} says
 * @param apiVersions what {@code .Capabilities.APIVersions} has; null for those Helm itself knows
 */
public record ChartRequest(
    ChartFiles chart,
    List<ValuesFile> values,
    Release release,
    String kubeVersion,
    @Nullable List<String> apiVersions) {

  public ChartRequest {
    Objects.requireNonNull(chart, "chart");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(kubeVersion, "kubeVersion");
    values = List.copyOf(values);
    apiVersions = apiVersions == null ? null : List.copyOf(apiVersions);
  }

  /**
   * What {@code .Release} says.
   *
   * @param revision of this render, from 1; {@code .Release.IsInstall} is true for 1 only
   */
  public record Release(String name, String namespace, int revision) {
    public Release {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(namespace, "namespace");
      if (revision < 1) {
        throw new IllegalArgumentException("revision: not " + revision);
      }
    }
  }

  void write(ObjectNode request) {
    chart.write(request);
    ValuesFile.write(values, request.putArray("values"));
    boolean install = release.revision() == 1;
    request
        .putObject("release")
        .put("name", release.name())
        .put("namespace", release.namespace())
        .put("revision", release.revision())
        .put("isInstall", install)
        .put("isUpgrade", !install);
    request.put("kubeVersion", kubeVersion);
    if (apiVersions != null) {
      apiVersions.forEach(request.putArray("apiVersions")::add);
    }
  }
}
