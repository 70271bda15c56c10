package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Helm release record to make.
 *
 * @param chart as it was rendered
 * @param values as they were rendered; Helm shows them in {@code helm get values}
 * @param release name, namespace and revision
 * @param state its status and times
 * @param objects what {@code helm get manifest} shows, and what a later prune starts from
 * @param hooks what {@code helm get hooks} shows
 * @param notes what {@code helm get notes} shows
 * @param labels of our own on the Secret
 */
public record RecordRequest(
    ChartFiles chart,
    ReleaseValues values,
    ChartRequest.Release release,
    RecordState state,
    List<RenderedObject> objects,
    List<RenderedHook> hooks,
    String notes,
    Map<String, String> labels) {

  public RecordRequest {
    Objects.requireNonNull(chart, "chart");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(values, "values");
    objects = List.copyOf(objects);
    hooks = List.copyOf(hooks);
    labels = Map.copyOf(labels);
  }

  void write(ObjectNode request) {
    chart.write(request);
    values.write(request);
    request
        .put("name", release.name())
        .put("namespace", release.namespace())
        .put("revision", release.revision())
        .put("applyMethod", "ssa")
        .put("notes", notes);
    state.write(request);
    ObjectNode ours = request.putObject("labels");
    labels.forEach(ours::put);
    write(objects, request.putArray("objects"));
    ArrayNode all = request.putArray("hooks");
    hooks.forEach(hook -> hook.write(all.addObject()));
  }

  static void write(List<RenderedObject> objects, ArrayNode target) {
    for (RenderedObject object : objects) {
      target.addObject().put("source", object.source()).set("object", object.object());
    }
  }
}
