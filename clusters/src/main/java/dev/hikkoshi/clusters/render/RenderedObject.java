package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object out of a chart.
 *
 * @param source the template, such as {@code shop/templates/web.yaml}
 * @param object as JSON; a namespace is there only if the template wrote one
 * @param unstable JSON pointers of fields that differ from render to render (random passwords,
 *     dates); an empty pointer means the whole object
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RenderedObject(String source, ObjectNode object, @Nullable List<String> unstable) {

  public RenderedObject {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(object, "object");
    unstable = unstable == null ? List.of() : List.copyOf(unstable);
  }

  @Override
  public List<String> unstable() {
    return unstable == null ? List.of() : unstable;
  }

  /** An object that is the same in each render. */
  public RenderedObject(String source, ObjectNode object) {
    this(source, object, List.of());
  }
}
