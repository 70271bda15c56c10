package dev.hikkoshi.clusters.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import java.util.Map;

/** Label selectors of both shapes: a plain map, and {@code matchLabels} with expressions. */
public final class Selectors {

  private Selectors() {}

  /** Whether labels have all of a Service's selector; an empty selector selects nothing. */
  public static boolean simple(JsonNode selector, JsonNode labels) {
    if (selector.isEmpty()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : selector.properties()) {
      if (!entry.getValue().asText().equals(labels.path(entry.getKey()).asText())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a workload's selector selects an object. */
  public static boolean workload(JsonNode selector, LiveObject object) {
    JsonNode labels = object.at("/metadata/labels");
    JsonNode expressions = selector.path("matchExpressions");
    if (selector.path("matchLabels").isEmpty() && expressions.isEmpty()) {
      return false;
    }
    if (!selector.path("matchLabels").isEmpty() && !simple(selector.path("matchLabels"), labels)) {
      return false;
    }
    for (JsonNode expression : expressions) {
      if (!holds(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(JsonNode expression, JsonNode labels) {
    String key = expression.path("key").asText();
    boolean in = false;
    for (JsonNode value : expression.path("values")) {
      in |= labels.has(key) && labels.path(key).asText().equals(value.asText());
    }
    return switch (expression.path("operator").asText()) {
      case "In" -> in;
      case "NotIn" -> !in;
      case "Exists" -> labels.has(key);
      case "DoesNotExist" -> !labels.has(key);
      default -> false;
    };
  }
}
