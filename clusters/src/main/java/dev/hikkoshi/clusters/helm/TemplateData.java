package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.TemplateScope;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dot of values templates, as helmfile has it (facts of the cluster are state values that win,
 * as {@code --state-values-set} does). Releases of one helmfile share their values.
 */
public final class TemplateData {

  private final Map<String, Object> facts;

  /** By identity: releases of one file have one scope, and its values may be large. */
  private final Map<TemplateScope, Shared> shared =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** Data for one cluster. */
  public TemplateData(Facts facts) {
    this.facts = facts.asValues();
  }

  private TemplateData() {
    this.facts = Map.of();
  }

  /** Data without a cluster: templates that ask for its facts fail. */
  static TemplateData ofNoCluster() {
    return new TemplateData();
  }

  private record Shared(ObjectNode values, ObjectNode environmentValues, String fingerprint) {}

  private Shared shared(TemplateScope scope) {
    return shared.computeIfAbsent(
        scope,
        s -> {
          ObjectNode values = Trees.of(s.values());
          ObjectNode own = Trees.of(s.environmentValues());
          Trees.merge(values, Trees.of(facts));
          Trees.merge(own, Trees.of(facts));
          String fingerprint =
              String.join(
                  "\n",
                  s.environment(),
                  s.environmentContext(),
                  s.context(),
                  s.namespace(),
                  s.chart(),
                  Trees.text(values),
                  Trees.text(own),
                  Trees.text(Trees.of(new TreeMap<>(s.env()))));
          return new Shared(values, own, Trees.hash(fingerprint));
        });
  }

  /** Equal for equal data of releases of equal content. */
  String fingerprint(WantedRelease release) {
    return shared(release.templating().scope()).fingerprint();
  }

  /** Equal for releases that their templates cannot tell apart. */
  static String releaseFingerprint(WantedRelease release) {
    Templating own = release.templating();
    return String.join(
        "\n",
        release.id().toString(),
        own.namespace(),
        own.chart(),
        own.version(),
        own.context(),
        new TreeMap<>(release.labels()).toString());
  }

  ObjectNode of(WantedRelease release) {
    Templating templating = release.templating();
    TemplateScope scope = templating.scope();
    Shared all = shared(scope);
    ObjectNode dot = Trees.object();
    dot.set("Values", all.values());
    dot.set("StateValues", all.values());
    dot.putObject("Environment")
        .put("Name", scope.environment())
        .put("KubeContext", scope.environmentContext())
        .set("Values", all.environmentValues());
    dot.put("Namespace", scope.namespace())
        .put("Chart", scope.chart())
        .put("KubeContext", scope.context());
    ObjectNode own = dot.putObject("Release");
    own.put("Name", release.id().name())
        .put("Namespace", templating.namespace())
        .put("Chart", templating.chart())
        .put("ChartVersion", templating.version())
        .put("KubeContext", templating.context());
    own.set("Labels", Trees.of(Map.copyOf(release.labels())));
    return dot;
  }
}
