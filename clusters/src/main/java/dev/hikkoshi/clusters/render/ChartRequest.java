package dev.hikkoshi.clusters.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A release to render.
 *
 * @param chart its chart
 * @param values as Helm takes them
 * @param release what {@code .Release} says
 * @param kubeVersion such as {@code v1.37.2}, what {@code .Capabilities.KubeVersion} says
 * @param apiVersions what {@code .Capabilities.APIVersions} has; null for those Helm itself knows
 * @param moreApiVersions added to these
 * @param skipSchema whether the chart's schema is not looked at
 */
public record ChartRequest(
    ChartFiles chart,
    ReleaseValues values,
    Release release,
    String kubeVersion,
    @Nullable List<String> apiVersions,
    List<String> moreApiVersions,
    boolean skipSchema) {

  /** A request whose values are held against the chart's schema. */
  public ChartRequest(
      ChartFiles chart,
      ReleaseValues values,
      Release release,
      String kubeVersion,
      @Nullable List<String> apiVersions) {
    this(chart, values, release, kubeVersion, apiVersions, List.of(), false);
  }

  public ChartRequest {
    Objects.requireNonNull(chart, "chart");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(kubeVersion, "kubeVersion");
    Objects.requireNonNull(values, "values");
    apiVersions = apiVersions == null ? null : List.copyOf(apiVersions);
    moreApiVersions = List.copyOf(moreApiVersions);
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

  /** The same for requests that are the same. */
  public String hash() {
    MessageDigest sha = Trees.sha256();
    sha.update((chart.digest() + "\n").getBytes(UTF_8));
    ObjectNode rest = Frames.JSON.createObjectNode();
    writeRest(rest);
    sha.update(Frames.bytes(rest));
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Adds all but the chart. */
  void writeRest(ObjectNode request) {
    values.write(request);
    boolean install = release.revision() == 1;
    request
        .putObject("release")
        .put("name", release.name())
        .put("namespace", release.namespace())
        .put("revision", release.revision())
        .put("isInstall", install)
        .put("isUpgrade", !install);
    request.put("kubeVersion", kubeVersion).put("skipSchema", skipSchema);
    if (apiVersions != null) {
      apiVersions.forEach(request.putArray("apiVersions")::add);
    }
    if (!moreApiVersions.isEmpty()) {
      moreApiVersions.forEach(request.putArray("moreApiVersions")::add);
    }
  }
}
