package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Answers a chart's {@code lookup} from the cluster the release is rendered for; reads only. */
@FunctionalInterface
public interface LiveLookup {

  /**
   * Finds an object, or a list where the name is empty (all namespaces where the namespace is
   * empty).
   *
   * @return empty where there is none
   * @throws RuntimeException where the cluster could not be asked; it becomes the render's failure,
   *     with the message only
   */
  Optional<ObjectNode> find(Key key);

  /** What was asked. */
  record Key(String apiVersion, String kind, String namespace, String name) {}
}
