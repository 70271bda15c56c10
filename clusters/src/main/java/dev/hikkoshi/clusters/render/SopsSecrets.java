package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.environments.port.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Secrets that a render worker opens with age. */
public final class SopsSecrets implements Secrets {

  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private final Supplier<RenderPool> pool;
  private final AgeKeys keys;

  /**
   * Secrets of one installation.
   *
   * @param pool asked with the first file only
   */
  public SopsSecrets(Supplier<RenderPool> pool, AgeKeys keys) {
    this.pool = pool;
    this.keys = keys;
  }

  @Override
  public Result open(String path, byte[] content) {
    try {
      List<ObjectNode> documents =
          pool.get().decrypt(path, TemplateRequest.text(content), keys.text());
      Map<String, Object> values = new LinkedHashMap<>();
      for (ObjectNode document : documents) {
        overlay(values, Frames.JSON.convertValue(document, MAP));
      }
      return new Opened(values);
    } catch (RenderException e) {
      return new Sealed(String.valueOf(e.getMessage()), e.line());
    }
  }

  private static void overlay(Map<String, Object> below, Map<String, Object> above) {
    above.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> upper && below.get(key) instanceof Map<?, ?> lower) {
            Map<String, Object> merged = new LinkedHashMap<>(typed(lower));
            overlay(merged, typed(upper));
            below.put(key, merged);
          } else {
            below.put(key, value);
          }
        });
  }

  // Trees of JSON have no other keys.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> typed(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
