package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The overlay that keeps serving-only work from running on a side that must not run it. It lies
 * between rendering and everything else, so that the record, drift and {@code helm get manifest}
 * agree on it; a mark says who did it.
 */
final class Pauses {

  /** On an object that is kept from running here. */
  static final String MARK = "hikkoshi.dev/serving-only";

  private static final String PAUSED = "paused";

  /** KEDA scales the target to this many and stays there. */
  private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

  /** KEDA starts no jobs. */
  private static final String PAUSED_JOBS = "autoscaling.keda.sh/paused";

  private Pauses() {}

  /** The chart as it is where serving-only work must not run. */
  static RenderedChart apply(RenderedChart chart, ReleaseId release, ServingOnly servingOnly) {
    if (servingOnly.runs() || servingOnly.empty()) {
      return chart;
    }
    Set<String> targets = targets(chart, release, servingOnly);
    List<RenderedObject> objects =
        chart.objects().stream()
            .map(
                o ->
                    covers(o.object(), release, servingOnly)
                            || (scalable(o.object())
                                && targets.contains(target(o.object(), release)))
                        ? new RenderedObject(o.source(), paused(o.object()), o.unstable())
                        : o)
            .toList();
    return new RenderedChart(
        chart.chart(),
        objects,
        chart.crds(),
        chart.hooks(),
        chart.manifest(),
        chart.notes(),
        chart.values(),
        chart.lookups(),
        chart.warnings());
  }

  /**
   * The object as a sync would leave it beside what is there: what we keep from running stays so.
   *
   * @param there the live object, if there is one
   */
  static RenderedObject asThere(RenderedObject rendered, Optional<? extends JsonNode> there) {
    boolean kept =
        there.filter(Pauses::marked).isPresent()
            && ServingOnly.KINDS.contains(rendered.object().path("kind").asText());
    return kept
        ? new RenderedObject(rendered.source(), paused(rendered.object()), rendered.unstable())
        : rendered;
  }

  /** Whether it is kept from running by us. */
  static boolean marked(JsonNode object) {
    return object.at("/metadata/annotations").path(MARK).asText().equals(PAUSED);
  }

  static boolean covers(JsonNode object, ReleaseId release, ServingOnly servingOnly) {
    ObjectKey key = placed(object, release);
    return servingOnly.covers(release, key.path(), key.kind());
  }

  /** Everything that can be paused is namespaced. */
  private static ObjectKey placed(JsonNode object, ReleaseId release) {
    ObjectKey stated = ObjectKey.of(object);
    return stated.namespace().isEmpty()
        ? new ObjectKey(stated.apiVersion(), stated.kind(), release.namespace(), stated.name())
        : stated;
  }

  /** Without its scaler KEDA's target would stand still at what it has, so it is paused too. */
  private static Set<String> targets(
      RenderedChart chart, ReleaseId release, ServingOnly servingOnly) {
    Set<String> targets = new HashSet<>();
    for (RenderedObject o : chart.objects()) {
      JsonNode object = o.object();
      boolean scaler = object.path("kind").asText().equals("ScaledObject");
      if (scaler && covers(object, release, servingOnly)) {
        JsonNode ref = object.at("/spec/scaleTargetRef");
        targets.add(
            String.join(
                "/",
                ref.path("kind").asText("Deployment"),
                placed(object, release).namespace(),
                ref.path("name").asText()));
      }
    }
    return targets;
  }

  private static String target(JsonNode object, ReleaseId release) {
    ObjectKey key = placed(object, release);
    return String.join("/", key.kind(), key.namespace(), key.name());
  }

  private static boolean scalable(JsonNode object) {
    return List.of("Deployment", "StatefulSet", "ReplicaSet")
        .contains(object.path("kind").asText());
  }

  private static ObjectNode paused(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ObjectNode annotations = child(child(copy, "metadata"), "annotations");
    annotations.put(MARK, PAUSED);
    switch (copy.path("kind").asText()) {
      case "CronJob", "Job" -> child(copy, "spec").put("suspend", true);
      case "Deployment", "StatefulSet", "ReplicaSet" -> child(copy, "spec").put("replicas", 0);
      case "ScaledObject" -> annotations.put(PAUSED_REPLICAS, "0");
      case "ScaledJob" -> annotations.put(PAUSED_JOBS, "true");
      default -> throw new IllegalStateException("cannot be paused: " + copy.path("kind"));
    }
    return copy;
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }
}
