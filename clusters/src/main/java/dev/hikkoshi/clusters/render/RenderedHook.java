package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Helm hook: an object that is no part of the release.
 *
 * @param events such as {@code pre-install}
 * @param weight hooks of one event run from the lowest
 * @param deletePolicies such as {@code hook-succeeded}
 * @param unstable as in {@link RenderedObject}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RenderedHook(
    String source,
    ObjectNode object,
    List<String> events,
    int weight,
    List<String> deletePolicies,
    @Nullable List<String> unstable) {

  public RenderedHook {
    events = List.copyOf(events);
    deletePolicies = List.copyOf(deletePolicies);
    unstable = unstable == null ? List.of() : List.copyOf(unstable);
  }
}
