package dev.hikkoshi.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Documents for programs: {@code apiVersion}, {@code kind}, stable names, RFC 3339 times. */
public final class Documents {

  public static final String API_VERSION = "hikkoshi.dev/v1alpha1";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private Documents() {}

  /** An empty document of a kind. */
  public static ObjectNode of(String kind) {
    return JSON.createObjectNode().put("apiVersion", API_VERSION).put("kind", kind);
  }

  /** Several documents as one, as kubectl does it: {@code kind} is that of the items with List. */
  public static ObjectNode list(String kind, List<ObjectNode> items) {
    ObjectNode list = of(kind + "List");
    list.putArray("items").addAll(items);
    return list;
  }

  /** A record of plain fields as a tree. */
  public static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  /** The document as text, with a line end; {@code format} is one that a program reads. */
  public static String text(Format format, ObjectNode document) {
    try {
      return switch (format) {
        case YAML -> yaml().writeValueAsString(document);
        case JSON, TABLE, WIDE, NAME ->
            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  /** The document on one line. */
  public static String line(ObjectNode document) {
    return document.toString();
  }

  /**
   * What stands in YAML or JSON of others, in the format that is wanted; several documents become a
   * {@code List} as kubectl takes it.
   */
  public static String same(Format format, String text) {
    try (MappingIterator<ObjectNode> read = yaml().readerFor(ObjectNode.class).readValues(text)) {
      List<ObjectNode> all = read.readAll();
      if (all.size() == 1) {
        return text(format, all.getFirst());
      }
      ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
      list.putArray("items").addAll(all);
      return text(format, list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YAMLMapper yaml() {
    return YAMLMapper.builder().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).build();
  }
}
