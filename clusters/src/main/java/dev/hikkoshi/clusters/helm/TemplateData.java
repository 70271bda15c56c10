package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.Map;

/**
 * The dot of values templates, as helmfile has it (facts of the cluster are state values that win,
 * as {@code --state-values-set} does).
 */
final class TemplateData {

  private final ObjectNode values;
  private final String environment;
  private final String fingerprint;

  TemplateData(Wanted wanted) {
    values = Trees.of(wanted.stateValues());
    Trees.merge(values, Trees.of(wanted.facts().asValues()));
    environment = wanted.helmfileEnvironment();
    fingerprint = environment + "\n" + Trees.canonical(values);
  }

  /** Equal for equal data. */
  String fingerprint() {
    return fingerprint;
  }

  ObjectNode of(WantedRelease release) {
    ObjectNode dot = Trees.object();
    dot.set("Values", values);
    dot.set("StateValues", values);
    dot.putObject("Environment")
        .put("Name", environment)
        .put("KubeContext", "")
        .set("Values", values);
    dot.put("Namespace", release.id().namespace()).put("KubeContext", "");
    ObjectNode own = dot.putObject("Release");
    own.put("Name", release.id().name())
        .put("Namespace", release.id().namespace())
        .put("KubeContext", "");
    Map<String, String> labels = release.labels();
    own.set("Labels", Trees.of(labels));
    return dot;
  }
}
