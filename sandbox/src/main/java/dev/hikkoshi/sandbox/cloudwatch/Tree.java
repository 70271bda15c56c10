package dev.hikkoshi.sandbox.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One shape for two protocols: requests in JSON become the flat parameters of the query protocol,
 * and answers, built as JSON, become XML. Times in answers are {@link Instant}s until then.
 */
final class Tree {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The one map among the answers' members; maps have entries in XML. */
  private static final String MAP = "ExtendedStatistics";

  private static final int MOST = 100_000;
  private static final int DEEPEST = 20;

  private Tree() {}

  /** The flat parameters that a JSON body means. */
  static Form flat(String body) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      flatten("", JSON.readTree(body), values, 0);
    } catch (JsonProcessingException e) {
      throw new AwsException(400, "SerializationException", "not JSON: " + e.getOriginalMessage());
    }
    return Form.of(values);
  }

  private static void flatten(String name, JsonNode node, Map<String, String> into, int depth) {
    if (depth > DEEPEST || into.size() > MOST) {
      throw new AwsException(400, "SerializationException", "the body is too deep or too long");
    }
    String prefix = name.isEmpty() ? "" : name + ".";
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(e -> flatten(prefix + e.getKey(), e.getValue(), into, depth + 1));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          flatten(prefix + "member." + (i + 1), array.get(i), into, depth + 1);
        }
      }
      default -> {
        if (!node.isNull() && !node.isMissingNode()) {
          into.put(name, node.isNumber() ? node.decimalValue().toPlainString() : node.asText());
        }
      }
    }
  }

  /** A time as both protocols send it: ISO 8601, or seconds since 1970. */
  static Instant time(String name, String text) {
    try {
      if (text.matches("\\d+(\\.\\d+)?")) {
        return Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue());
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new AwsException(
          400, "InvalidParameterValue", "The parameter " + name + " is not a time: '" + text + "'");
    }
  }

  /** A time in an answer. */
  static JsonNode time(Instant instant) {
    return JSON.getNodeFactory().pojoNode(instant);
  }

  /** Writes an answer's members as XML. */
  static void xml(Xml xml, ObjectNode object) {
    object.properties().forEach(e -> xml(xml, e.getKey(), e.getValue()));
  }

  private static void xml(Xml xml, String name, JsonNode node) {
    switch (node) {
      case ObjectNode object when name.equals(MAP) ->
          xml.element(
              name,
              map ->
                  object
                      .properties()
                      .forEach(
                          e ->
                              map.element(
                                  "entry",
                                  entry ->
                                      entry
                                          .text("key", e.getKey())
                                          .text("value", e.getValue().asText()))));
      case ObjectNode object -> xml.element(name, inner -> xml(inner, object));
      case ArrayNode array ->
          xml.element(name, list -> array.forEach(item -> xml(list, "member", item)));
      default -> xml.text(name, node.isPojo() ? pojo(node) : node.asText());
    }
  }

  private static Object pojo(JsonNode node) {
    return ((POJONode) node).getPojo();
  }

  /** Writes an answer as JSON 1.0: times as seconds since 1970. */
  static String json(ObjectNode object) {
    return seconds(object).toString();
  }

  private static JsonNode seconds(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JSON.createObjectNode();
        object.properties().forEach(e -> copy.set(e.getKey(), seconds(e.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JSON.createArrayNode();
        array.forEach(item -> copy.add(seconds(item)));
        yield copy;
      }
      default ->
          node.isPojo()
              ? JSON.getNodeFactory().numberNode(((Instant) pojo(node)).toEpochMilli() / 1000.0)
              : node;
    };
  }
}
