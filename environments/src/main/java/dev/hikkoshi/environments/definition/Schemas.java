package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schemas of the two files that people write, for editors. They are asked from the readers
 * themselves: a key or type that a reader learns is in the schema without anybody's doing. A reader
 * refuses more than a schema can say (a step that does not ascend, a zone that does not fit).
 */
public final class Schemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final List<Object> YAML_WORDS =
      List.of(
          true, false, "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO",
          "off", "Off", "OFF");

  private Schemas() {}

  /** Of {@code environment.yaml}. */
  public static Map<String, Object> environment() {
    Shape shape =
        Fields.shape(fields -> new EnvironmentReader("", InquiryReader.described()).file(fields));
    return document("A Hikkoshi environment (environment.yaml)", shape);
  }

  /** Of the part of eksctl's {@code ClusterConfig} that is read. */
  public static Map<String, Object> cluster() {
    return document("A cluster of a Hikkoshi environment (cluster.yaml)", ClusterReader.shape());
  }

  private static Map<String, Object> document(String title, Shape shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DIALECT);
    schema.put("title", title);
    schema.putAll(schema(shape));
    return schema;
  }

  private static Map<String, Object> schema(Shape shape) {
    return switch (shape) {
      case Shape.Any _ -> new LinkedHashMap<>();
      case Shape.Text text -> text(text);
      case Shape.Whole(int least, int greatest) ->
          map("type", "integer", "minimum", least, "maximum", greatest);
      case Shape.Truth(boolean words) -> words ? map("enum", YAML_WORDS) : map("type", "boolean");
      case Shape.Items(Shape item) -> map("type", "array", "items", schema(item));
      case Shape.Keys(Shape value) -> map("type", "object", "additionalProperties", schema(value));
      case Shape.Members members -> members(members);
      case Shape.Either(List<Shape> shapes) ->
          map("anyOf", shapes.stream().map(Schemas::schema).toList());
    };
  }

  private static Map<String, Object> text(Shape.Text text) {
    if (text.loose()) {
      return map("type", List.of("string", "number", "boolean"));
    }
    Map<String, Object> schema = map("type", "string");
    if (text.words().isEmpty()) {
      schema.put("minLength", 1);
    } else {
      schema.put("enum", text.words().stream().sorted().toList());
    }
    // What only Java's expressions know is left to the reader.
    text.form()
        .filter(form -> !form.contains("(?i)") && !form.contains("\\p{"))
        .ifPresent(form -> schema.put("pattern", "^(?:" + form + ")$"));
    return schema;
  }

  private static Map<String, Object> members(Shape.Members members) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    members
        .all()
        .forEach(
            (key, member) -> {
              Map<String, Object> schema = schema(member.shape());
              if (!member.hint().isEmpty()) {
                schema.put("description", member.hint());
              }
              if (member.required()) {
                required.add(key);
              }
              properties.put(key, schema);
            });
    Map<String, Object> schema = map("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
