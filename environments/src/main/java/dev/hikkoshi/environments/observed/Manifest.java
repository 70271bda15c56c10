package dev.hikkoshi.environments.observed;

import java.util.Map;
import java.util.Optional;

/**
 * One Kubernetes object as rendered or as live: a tree of maps, lists, strings, numbers, booleans
 * and nulls, exactly as JSON has them.
 */
public record Manifest(Map<String, Object> tree) {

  public String apiVersion() {
    return text("apiVersion").orElse("");
  }

  public String kind() {
    return text("kind").orElse("");
  }

  public String name() {
    return at("metadata", "name").map(Object::toString).orElse("");
  }

  /** The namespace the object names; empty when it names none. */
  public String namespace() {
    return at("metadata", "namespace").map(Object::toString).orElse("");
  }

  /** {@code apiVersion/Kind/namespace/name}, the form used in {@code outside:} and in messages. */
  public String path() {
    String scope = namespace().isEmpty() ? "" : namespace() + "/";
    return apiVersion() + "/" + kind() + "/" + scope + name();
  }

  /** An annotation's value. */
  public Optional<String> annotation(String key) {
    return at("metadata", "annotations", key).map(Object::toString);
  }

  /** The value below nested maps, if each key on the way is there. */
  public Optional<Object> at(String... keys) {
    Object here = tree;
    for (String key : keys) {
      if (!(here instanceof Map<?, ?> map) || map.get(key) == null) {
        return Optional.empty();
      }
      here = map.get(key);
    }
    return Optional.of(here);
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(tree.get(key)).map(Object::toString);
  }
}
