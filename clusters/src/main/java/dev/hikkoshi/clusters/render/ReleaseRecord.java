package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Helm release record that was read.
 *
 * @param applyMethod {@code ssa}, {@code csa}, or empty in records of Helm 3
 * @param firstDeployed RFC 3339; null where the record has none
 * @param deleted RFC 3339: when its removal began; null where it did not
 * @param config the values the release was made with
 * @param labels of the Secret, Helm's own left out
 * @param objects of the manifest
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseRecord(
    String name,
    String namespace,
    int revision,
    String status,
    String description,
    String applyMethod,
    @Nullable String firstDeployed,
    @Nullable String lastDeployed,
    @Nullable String deleted,
    RenderedChart.Chart chart,
    @Nullable ObjectNode config,
    @Nullable Map<String, String> labels,
    String manifest,
    List<RenderedObject> objects,
    List<RenderedHook> hooks) {

  public ReleaseRecord {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    objects = List.copyOf(objects);
    hooks = List.copyOf(hooks);
  }

  @Override
  public Map<String, String> labels() {
    return labels == null ? Map.of() : labels;
  }
}
