package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart became.
 *
 * @param objects in Helm's order of installation
 * @param crds from the {@code crds/} folders, which Helm installs once and never changes
 * @param hooks apart from the objects
 * @param manifest the text that Helm records
 * @param notes of the chart itself, without those of its dependencies
 * @param values as templates saw them, the chart's defaults included
 * @param lookups what templates asked the cluster
 * @param warnings what Helm would only have logged, such as hooks of an unknown kind being dropped
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RenderedChart(
    Chart chart,
    List<RenderedObject> objects,
    List<RenderedObject> crds,
    List<RenderedHook> hooks,
    String manifest,
    String notes,
    ObjectNode values,
    @Nullable List<LiveLookup.Key> lookups,
    @Nullable List<String> warnings) {

  public RenderedChart {
    objects = List.copyOf(objects);
    crds = List.copyOf(crds);
    hooks = List.copyOf(hooks);
    lookups = lookups == null ? List.of() : List.copyOf(lookups);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** Which chart it was. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Chart(String name, String version, String appVersion) {}

  /** Without the {@code crds/} folders. */
  public RenderedChart withoutCrds() {
    return new RenderedChart(
        chart, objects, List.of(), hooks, manifest, notes, values, lookups, warnings);
  }

  RenderedChart withWarnings(List<String> said) {
    return new RenderedChart(chart, objects, crds, hooks, manifest, notes, values, lookups, said);
  }
}
